//! Numbers, truth values and characters.

mod bindings {
    pyidl_runtime::include_idl!("scalars");
}

use bindings::Scalars;
use pyidl_runtime as rt;

struct Module;

impl Scalars for Module {
    fn echo_bool(value: bool) -> bool {
        value
    }

    fn echo_u8(value: u8) -> u8 {
        value
    }

    fn echo_u16(value: u16) -> u16 {
        value
    }

    fn echo_u32(value: u32) -> u32 {
        value
    }

    fn echo_u64(value: u64) -> u64 {
        value
    }

    fn echo_u128(value: u128) -> u128 {
        value
    }

    fn echo_s8(value: i8) -> i8 {
        value
    }

    fn echo_s16(value: i16) -> i16 {
        value
    }

    fn echo_s32(value: i32) -> i32 {
        value
    }

    fn echo_s64(value: i64) -> i64 {
        value
    }

    fn echo_s128(value: i128) -> i128 {
        value
    }

    fn echo_int(value: rt::BigInt) -> rt::BigInt {
        value
    }

    fn echo_f32(value: f32) -> f32 {
        value
    }

    fn echo_f64(value: f64) -> f64 {
        value
    }

    fn echo_char(value: char) -> char {
        value
    }

    fn maybe_bool(value: Option<bool>) -> Option<bool> {
        value
    }

    fn maybe_s64(value: Option<i64>) -> Option<i64> {
        value
    }

    fn maybe_int(value: Option<rt::BigInt>) -> Option<rt::BigInt> {
        value
    }

    fn maybe_f64(value: Option<f64>) -> Option<f64> {
        value
    }

    fn maybe_char(value: Option<char>) -> Option<char> {
        value
    }

    fn add(a: i64, b: i64) -> i64 {
        a.wrapping_add(b)
    }

    fn add_floats(a: f64, b: f64) -> f64 {
        a + b
    }

    #[allow(clippy::type_complexity)]
    fn ends() -> (
        (u8, u16, u32, u64, u128),
        (i8, i16, i32, i64, i128),
        (i8, i16, i32, i64, i128),
    ) {
        (
            (u8::MAX, u16::MAX, u32::MAX, u64::MAX, u128::MAX),
            (i8::MIN, i16::MIN, i32::MIN, i64::MIN, i128::MIN),
            (i8::MAX, i16::MAX, i32::MAX, i64::MAX, i128::MAX),
        )
    }

    fn special() -> (f64, f64, f64, f32) {
        (f64::INFINITY, f64::NEG_INFINITY, f64::NAN, f32::INFINITY)
    }

    fn open_range(start: f64, end: f64, step: Option<f32>) -> (f64, f64, Option<f32>) {
        (start, end, step)
    }
}

bindings::export!(Module);
