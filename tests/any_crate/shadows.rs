#![no_implicit_prelude]
#![allow(unused_macros, dead_code)]
macro_rules! vec { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
macro_rules! env { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
macro_rules! concat { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
macro_rules! include { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
macro_rules! format { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
macro_rules! matches { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
macro_rules! assert { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
macro_rules! derive { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
macro_rules! export { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
struct Option; struct Vec; struct String; struct Box;
trait Clone {} trait Send {} trait Sized {} trait From {} trait Into {}
mod core {} mod std {} mod alloc {} mod interface {} mod rt {}
