/* Faults of PyPy's own: an extension module without any Rust in it, which calls documented functions as documented.
   Its headers need not be there, since PyPy's functions have names of their own. */

#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

typedef struct {
    ptrdiff_t references;
    ptrdiff_t link;
    void *type;
} PyObject;

typedef struct {
    const char *name;
    PyObject *(*function)(PyObject *, PyObject *);
    int flags;
    const char *doc;
} PyMethodDef;

typedef struct {
    PyObject base;
    void *init;
    ptrdiff_t index;
    void *copy;
    const char *name;
    const char *doc;
    ptrdiff_t size;
    PyMethodDef *methods;
    void *slots, *traverse, *clear, *free;
} PyModuleDef;

enum { ONE_ARGUMENT = 8, ABI_VERSION = 1013 };

PyObject *PyPyModule_Create2(PyModuleDef *, int);
PyObject *PyPyLong_FromLong(long);
PyObject *PyPyNumber_Index(PyObject *);
void PyPyErr_Fetch(PyObject **, PyObject **, PyObject **);
void PyPyErr_Restore(PyObject *, PyObject *, PyObject *);
int PyPyGILState_Ensure(void);
void PyPyGILState_Release(int);

/* Does nothing with its argument. */
static PyObject *nothing(PyObject *module, PyObject *argument) {
    (void)module, (void)argument;
    return PyPyLong_FromLong(0);
}

/* Calls `__index__`, and looks at the error that it raises. */
static PyObject *index_of(PyObject *module, PyObject *argument) {
    (void)module;
    PyObject *type = NULL, *value = NULL, *traceback = NULL;
    PyObject *result = PyPyNumber_Index(argument);
    if (!result) {
        PyPyErr_Fetch(&type, &value, &traceback);
        PyPyErr_Restore(type, value, traceback);
    }
    return result;
}

static void *attach(void *nothing) {
    (void)nothing;
    usleep(50000);
    PyPyGILState_Release(PyPyGILState_Ensure());
    return NULL;
}

/* Starts a thread that attaches itself a little later. */
static PyObject *start_thread(PyObject *module, PyObject *argument) {
    (void)module, (void)argument;
    pthread_t thread;
    pthread_create(&thread, NULL, attach, NULL);
    pthread_detach(thread);
    return PyPyLong_FromLong(0);
}

static PyMethodDef methods[] = {
    {"nothing", nothing, ONE_ARGUMENT, NULL},
    {"index_of", index_of, ONE_ARGUMENT, NULL},
    {"start_thread", start_thread, ONE_ARGUMENT, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef definition = {.base = {.references = 1}, .name = "faults", .size = -1, .methods = methods};

PyObject *PyInit_faults(void) {
    return PyPyModule_Create2(&definition, ABI_VERSION);
}
