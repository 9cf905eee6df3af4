#![no_main]

/// The Rust that is generated is Rust.
fn resolver(text: &str) {
    let files = pyidl_fuzz::invariants::resolver(text);
    for (path, rust) in files
        .iter()
        .filter(|(path, _)| path.extension().is_some_and(|it| it == "rs"))
    {
        if let Err(error) = syn::parse_file(rust) {
            panic!("{}: {error}\n{rust}", path.display());
        }
    }
}

pyidl_fuzz::target!(resolver);
