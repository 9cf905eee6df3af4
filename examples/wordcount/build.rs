//! Compiles the interface file.

fn main() {
    pyidl::build("idl/wordcount.pyidl");
}
