#![no_main]

pyidl_fuzz::target!(pyidl_fuzz::invariants::parser);
