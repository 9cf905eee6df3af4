/* Lets Python code tell callgrind when to count. */
#include <Python.h>
#include <valgrind/callgrind.h>

static PyObject *zero(PyObject *module, PyObject *unused) {
    CALLGRIND_ZERO_STATS;
    Py_RETURN_NONE;
}

static PyObject *dump(PyObject *module, PyObject *unused) {
    CALLGRIND_DUMP_STATS;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"zero", zero, METH_NOARGS}, {"dump", dump, METH_NOARGS}, {NULL}};
static PyModuleDef_Slot slots[] = {
#if PY_VERSION_HEX >= 0x030d0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL}};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "bench_callgrind", NULL, 0, methods, slots};
PyMODINIT_FUNC PyInit_bench_callgrind(void) { return PyModuleDef_Init(&definition); }
