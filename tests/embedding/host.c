/* A program that loads Python as a library, or loads a module without any Python.
 *
 *   host run GLOBAL|LOCAL TIMES LIBPYTHON CODE       initialises, runs CODE and finalises, TIMES times
 *   host two LIBPYTHON HOME LIBPYTHON HOME CODE      two Pythons in one process, both alive; runs CODE in each
 *   host none MODULE FUNCTION...                     calls a module's init functions where there is no Python
 *
 * It is C because that is what hosts are, and because it then needs nothing but the linker that rustc needs anyway.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *load(const char *path, int mode) {
    void *library = dlopen(path, RTLD_NOW | mode);
    if (!library) {
        fprintf(stderr, "%s\n", dlerror());
        exit(3);
    }
    return library;
}

static void *symbol(void *library, const char *name) {
    void *found = dlsym(library, name);
    if (!found) {
        fprintf(stderr, "%s\n", dlerror());
        exit(3);
    }
    return found;
}

static void initialise(void *python) {
    ((void (*)(int))symbol(python, "Py_InitializeEx"))(0);
}

static int run(void *python, const char *code) {
    return ((int (*)(const char *))symbol(python, "PyRun_SimpleString"))(code);
}

static int finalise(void *python) {
    return ((int (*)(void))symbol(python, "Py_FinalizeEx"))();
}

int main(int count, char **words) {
    int failed = 0;
    if (count == 6 && !strcmp(words[1], "run")) {
        void *python = load(words[4], !strcmp(words[2], "GLOBAL") ? RTLD_GLOBAL : RTLD_LOCAL);
        for (int times = atoi(words[3]); times > 0; times--) {
            initialise(python);
            failed |= run(python, words[5]);
            failed |= finalise(python);
        }
    } else if (count == 7 && !strcmp(words[1], "two")) {
        for (int which = 0; which < 2; which++) {
            setenv("PYTHONHOME", words[3 + 2 * which], 1);
            void *python = load(words[2 + 2 * which], RTLD_LOCAL);
            initialise(python);
            failed |= run(python, words[6]);
        }
    } else if (count >= 4 && !strcmp(words[1], "none")) {
        void *module = load(words[2], RTLD_LOCAL);
        for (int i = 3; i < count; i++) {
            void *result = ((void *(*)(void))symbol(module, words[i]))();
            printf("%s returned %s\n", words[i], result ? "something" : "NULL");
            failed |= result != NULL;
        }
    } else {
        fprintf(stderr, "usage: see the source\n");
        return 2;
    }
    return failed ? 1 : 0;
}
