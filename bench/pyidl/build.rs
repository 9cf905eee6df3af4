//! Compiles the interface file.

fn main() {
    pyidl::build("idl/bench_pyidl.pyidl");
}
