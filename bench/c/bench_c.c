/* What the benchmark calls, written by hand against the full C API of one version.
 *
 * Plain names are what the documentation teaches. Those that end in _x are what an expert would write: unstable inline
 * API, keyword names compared by pointer, a vectorcall constructor. On builds without the GIL the class takes its lock,
 * as it must there.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

#if PY_VERSION_HEX < 0x030d0000
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *noop(PyObject *module, PyObject *unused) { Py_RETURN_NONE; }

/* From 3.11 on the interpreter calls this kind directly, the one above through a function. */
static PyObject *noop_x(PyObject *module, PyObject *const *args, Py_ssize_t count) {
    if (count) {
        PyErr_SetString(PyExc_TypeError, "noop_x() takes no arguments");
        return NULL;
    }
    Py_RETURN_NONE;
}

static int count_is(Py_ssize_t count, Py_ssize_t wanted) {
    if (count == wanted) return 1;
    PyErr_Format(PyExc_TypeError, "expected %zd arguments, got %zd", wanted, count);
    return 0;
}

static PyObject *add(PyObject *module, PyObject *const *args, Py_ssize_t count) {
    if (!count_is(count, 2)) return NULL;
    long long a = PyLong_AsLongLong(args[0]);
    if (a == -1 && PyErr_Occurred()) return NULL;
    long long b = PyLong_AsLongLong(args[1]);
    if (b == -1 && PyErr_Occurred()) return NULL;
    return PyLong_FromLongLong(a + b);
}

static inline int as_long_long(PyObject *object, long long *value) {
#if PY_VERSION_HEX >= 0x030c0000
    if (PyLong_CheckExact(object) && PyUnstable_Long_IsCompact((PyLongObject *)object)) {
        *value = PyUnstable_Long_CompactValue((PyLongObject *)object);
        return 1;
    }
#endif
    *value = PyLong_AsLongLong(object);
    return !(*value == -1 && PyErr_Occurred());
}

static PyObject *add_x(PyObject *module, PyObject *const *args, Py_ssize_t count) {
    long long a, b;
    if (!count_is(count, 2) || !as_long_long(args[0], &a) || !as_long_long(args[1], &b)) return NULL;
    return PyLong_FromLongLong(a + b);
}

static PyObject *add_keywords(PyObject *module, PyObject *args, PyObject *keywords) {
    static char *names[] = {"a", "b", NULL};
    long long a, b;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "LL", names, &a, &b)) return NULL;
    return PyLong_FromLongLong(a + b);
}

static PyObject *name_a, *name_b;

static PyObject *add_keywords_x(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *names) {
    PyObject *found[2] = {NULL, NULL};
    Py_ssize_t keywords = names ? PyTuple_GET_SIZE(names) : 0;
    if (!count_is(count + keywords, 2)) return NULL;
    for (Py_ssize_t i = 0; i < count; i++) found[i] = args[i];
    for (Py_ssize_t i = 0; i < keywords; i++) {
        PyObject *name = PyTuple_GET_ITEM(names, i);
        int place = name == name_a ? 0 : name == name_b ? 1 : -1;
        if (place < 0) {
            if (PyUnicode_CompareWithASCIIString(name, "a") == 0) place = 0;
            else if (PyUnicode_CompareWithASCIIString(name, "b") == 0) place = 1;
        }
        if (place < 0 || found[place]) {
            PyErr_SetString(PyExc_TypeError, "wrong keyword");
            return NULL;
        }
        found[place] = args[count + i];
    }
    long long a, b;
    if (!as_long_long(found[0], &a) || !as_long_long(found[1], &b)) return NULL;
    return PyLong_FromLongLong(a + b);
}

static PyObject *greet(PyObject *module, PyObject *const *args, Py_ssize_t count) {
    if (!count_is(count, 1)) return NULL;
    return PyUnicode_FromFormat("Hello, %U!", args[0]);
}

static PyObject *greet_x(PyObject *module, PyObject *const *args, Py_ssize_t count) {
    if (!count_is(count, 1)) return NULL;
    if (!PyUnicode_CheckExact(args[0]) || !PyUnicode_IS_COMPACT_ASCII(args[0])) return greet(module, args, count);
    Py_ssize_t length = PyUnicode_GET_LENGTH(args[0]);
    PyObject *result = PyUnicode_New(length + 8, 127);
    if (!result) return NULL;
    char *data = (char *)PyUnicode_1BYTE_DATA(result);
    memcpy(data, "Hello, ", 7);
    memcpy(data + 7, PyUnicode_1BYTE_DATA(args[0]), length);
    data[length + 7] = '!';
    return result;
}

static PyObject *sum_floats(PyObject *module, PyObject *const *args, Py_ssize_t count) {
    if (!count_is(count, 1)) return NULL;
    if (!PyList_Check(args[0])) {
        PyErr_SetString(PyExc_TypeError, "expected a list");
        return NULL;
    }
    double total = 0;
    int failed = 0;
    Py_BEGIN_CRITICAL_SECTION(args[0]);
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(args[0]); i++) {
        PyObject *item = PyList_GET_ITEM(args[0], i);
        if (PyFloat_CheckExact(item)) {
            total += PyFloat_AS_DOUBLE(item);
        } else {
            double value = PyFloat_AsDouble(item);
            if (value == -1.0 && PyErr_Occurred()) {
                failed = 1;
                break;
            }
            total += value;
        }
    }
    Py_END_CRITICAL_SECTION();
    return failed ? NULL : PyFloat_FromDouble(total);
}

static PyObject *count_up(PyObject *module, PyObject *const *args, Py_ssize_t count) {
    if (!count_is(count, 1)) return NULL;
    Py_ssize_t stop = PyLong_AsSsize_t(args[0]);
    if (stop == -1 && PyErr_Occurred()) return NULL;
    PyObject *list = PyList_New(stop);
    if (!list) return NULL;
    for (Py_ssize_t i = 0; i < stop; i++) {
        PyObject *item = PyLong_FromSsize_t(i);
        if (!item) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, item);
    }
    return list;
}

typedef struct {
    PyObject_HEAD
    long long value;
} Counter;

static PyObject *counter_increment(PyObject *self, PyObject *unused) {
    Py_BEGIN_CRITICAL_SECTION(self);
    ((Counter *)self)->value++;
    Py_END_CRITICAL_SECTION();
    Py_RETURN_NONE;
}

static long long counter_read(PyObject *self) {
    long long value;
    Py_BEGIN_CRITICAL_SECTION(self);
    value = ((Counter *)self)->value;
    Py_END_CRITICAL_SECTION();
    return value;
}

static PyObject *counter_get(PyObject *self, PyObject *unused) { return PyLong_FromLongLong(counter_read(self)); }
static PyObject *counter_value(PyObject *self, void *unused) { return PyLong_FromLongLong(counter_read(self)); }

static int counter_init(PyObject *self, PyObject *args, PyObject *keywords) {
    static char *names[] = {"start", NULL};
    long long start = 0;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "|L", names, &start)) return -1;
    ((Counter *)self)->value = start;
    return 0;
}

static void counter_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyObject *counter_vectorcall(PyObject *type, PyObject *const *args, size_t flags, PyObject *names) {
    Py_ssize_t count = flags & ~((size_t)1 << (8 * sizeof(size_t) - 1));
    long long start = 0;
    if (names && PyTuple_GET_SIZE(names)) {
        PyErr_SetString(PyExc_TypeError, "no keywords");
        return NULL;
    }
    if (count > 1) {
        PyErr_SetString(PyExc_TypeError, "at most one argument");
        return NULL;
    }
    if (count == 1 && !as_long_long(args[0], &start)) return NULL;
    PyObject *self = ((PyTypeObject *)type)->tp_alloc((PyTypeObject *)type, 0);
    if (self) ((Counter *)self)->value = start;
    return self;
}

static PyMethodDef counter_methods[] = {
    {"increment", counter_increment, METH_NOARGS}, {"get", counter_get, METH_NOARGS}, {NULL}};
static PyGetSetDef counter_properties[] = {{"value", counter_value}, {NULL}};
static PyType_Slot counter_slots[] = {{Py_tp_init, counter_init},
                                      {Py_tp_dealloc, counter_dealloc},
                                      {Py_tp_methods, counter_methods},
                                      {Py_tp_getset, counter_properties},
                                      {0, NULL}};
static PyType_Spec counter_spec = {"bench_c.Counter", sizeof(Counter), 0, Py_TPFLAGS_DEFAULT, counter_slots};

static int add_type(PyObject *module, const char *name, int vectorcall) {
    PyObject *type = PyType_FromSpec(&counter_spec);
    if (!type) return -1;
    if (vectorcall) ((PyTypeObject *)type)->tp_vectorcall = counter_vectorcall;
    int failed = PyObject_SetAttrString(module, name, type);
    Py_DECREF(type);
    return failed;
}

static int execute(PyObject *module) {
    name_a = PyUnicode_InternFromString("a");
    name_b = PyUnicode_InternFromString("b");
    if (!name_a || !name_b || add_type(module, "Counter", 0)) return -1;
#if PY_VERSION_HEX >= 0x03090000
    if (add_type(module, "Counter_x", 1)) return -1;
#endif
    return 0;
}

#define FAST(name) {#name, (PyCFunction)(void *)name, METH_FASTCALL}
static PyMethodDef methods[] = {
    {"noop", noop, METH_NOARGS},
    FAST(noop_x),
    FAST(add),
    FAST(add_x),
    {"add_keywords", (PyCFunction)(void *)add_keywords, METH_VARARGS | METH_KEYWORDS},
    {"add_keywords_x", (PyCFunction)(void *)add_keywords_x, METH_FASTCALL | METH_KEYWORDS},
    FAST(greet),
    FAST(greet_x),
    FAST(sum_floats),
    FAST(count_up),
    {NULL},
};
static PyModuleDef_Slot slots[] = {{Py_mod_exec, execute},
#if PY_VERSION_HEX >= 0x030d0000
                                   {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
                                   {0, NULL}};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "bench_c", NULL, 0, methods, slots};
PyMODINIT_FUNC PyInit_bench_c(void) { return PyModuleDef_Init(&definition); }
