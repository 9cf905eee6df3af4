//! Compiles the interface file.

fn main() {
    pyidl::build("idl/geometry.pyidl");
}
