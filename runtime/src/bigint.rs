//! Arbitrary-precision integers, as plain data.

use crate::convert::memory;
use std::cmp::Ordering;
use std::error::Error;
use std::fmt;
use std::io::Write as _;
use std::str::FromStr;

/// A Python `int` of any size.
///
/// It stores, compares, parses and prints numbers of any size, which no type of Rust holds. For calculations, convert it to a number type that it fits into
/// (`i128::try_from(&n)`) or, by [`BigInt::to_signed_bytes_le`], to a type of a big-number crate.
///
/// ```
/// use pyidl_runtime::BigInt;
///
/// let n: BigInt = "-123456789012345678901234567890123456789012345".parse().unwrap();
/// assert_eq!(n.to_string(), "-123456789012345678901234567890123456789012345");
/// assert_eq!(BigInt::from_signed_bytes_le(&n.to_signed_bytes_le()), n);
/// assert_eq!(i64::try_from(&BigInt::from(-7)), Ok(-7));
/// assert!(i64::try_from(&n).is_err());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct BigInt {
    /// Never set for zero.
    negative: bool,
    /// Base 2^32, least significant first, without leading zeros.
    digits: Vec<u32>,
}

/// The error of parsing a [`BigInt`] from text that is not a decimal integer. `?` turns it into a ValueError.
///
/// ```
/// use pyidl_runtime::{BigInt, ParseBigIntError};
///
/// assert_eq!("0x10".parse::<BigInt>(), Err(ParseBigIntError));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseBigIntError;

/// The error of converting a number, or a [`Duration`](crate::Duration), to a type that it does not fit into. `?` turns it into an
/// OverflowError.
///
/// ```
/// use pyidl_runtime::{BigInt, OutOfRangeError};
///
/// assert_eq!(u8::try_from(&BigInt::from(256)), Err(OutOfRangeError));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRangeError;

impl BigInt {
    fn new(negative: bool, mut digits: Vec<u32>) -> Self {
        while digits.last() == Some(&0) {
            digits.pop();
        }
        Self {
            negative: negative && !digits.is_empty(),
            digits,
        }
    }

    /// Returns whether it is less than zero.
    ///
    /// ```
    /// use pyidl_runtime::BigInt;
    ///
    /// assert!(BigInt::from(-1).is_negative());
    /// assert!(!BigInt::default().is_negative());
    /// ```
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// Returns the number in two's complement, least significant byte first, in as few bytes as the number and its sign need; at
    /// least one. This is Python's `int.to_bytes(…, "little", signed=True)`.
    ///
    /// ```
    /// use pyidl_runtime::BigInt;
    ///
    /// assert_eq!(BigInt::from(-2).to_signed_bytes_le(), [0xfe]);
    /// assert_eq!(BigInt::from(200).to_signed_bytes_le(), [200, 0]);
    /// ```
    pub fn to_signed_bytes_le(&self) -> Vec<u8> {
        let mut bytes: Vec<u8> = self
            .digits
            .iter()
            .flat_map(|digit| digit.to_le_bytes())
            .collect();
        bytes.push(0);
        if self.negative {
            negate(&mut bytes);
        }
        let filler = if self.negative { 0xff } else { 0 };
        while let [.., before, last] = bytes[..]
            && last == filler
            && (before ^ last) & 0x80 == 0
        {
            bytes.pop();
        }
        bytes
    }

    /// Creates the number that `bytes` represent in two's complement, least significant first; no bytes mean zero. This is
    /// Python's `int.from_bytes(…, "little", signed=True)`.
    ///
    /// ```
    /// use pyidl_runtime::BigInt;
    ///
    /// assert_eq!(BigInt::from_signed_bytes_le(&[0, 1]), BigInt::from(256));
    /// assert_eq!(BigInt::from_signed_bytes_le(&[0xff]), BigInt::from(-1));
    /// ```
    pub fn from_signed_bytes_le(bytes: &[u8]) -> Self {
        let negative = bytes.last().is_some_and(|last| last & 0x80 != 0);
        let mut bytes = bytes.to_vec();
        if negative {
            bytes.push(0xff);
            negate(&mut bytes);
        }
        let digits = bytes.chunks(4).map(|chunk| {
            let mut digit = [0; 4];
            digit[..chunk.len()].copy_from_slice(chunk);
            u32::from_le_bytes(digit)
        });
        Self::new(negative, digits.collect())
    }

    /// Returns `-ff` and a NUL for -255: the hexadecimal digits without a prefix, from which Python creates an int in linear
    /// time.
    ///
    /// # Errors
    /// MemoryError.
    pub(crate) fn to_hexadecimal(&self) -> crate::Result<Vec<u8>> {
        let mut text = memory::vector(8 * self.digits.len() + 3)?;
        if self.negative {
            text.push(b'-');
        }
        let (first, rest) = self.digits.split_last().unwrap_or((&0, &[]));
        // Writing to a vector cannot fail.
        let _ = write!(text, "{first:x}");
        for digit in rest.iter().rev() {
            let _ = write!(text, "{digit:08x}");
        }
        text.push(0);
        Ok(text)
    }

    /// Parses hexadecimal digits, with or without Python's prefix `0x`. Returns `None` for other text.
    ///
    /// # Errors
    /// MemoryError.
    pub(crate) fn from_hexadecimal(text: &str) -> Option<crate::Result<Self>> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let text = text.strip_prefix("0x").unwrap_or(text);
        let mut digits = match memory::vector(text.len().div_ceil(8)) {
            Ok(digits) => digits,
            Err(error) => return Some(Err(error)),
        };
        for chunk in text.as_bytes().rchunks(8) {
            let chunk = std::str::from_utf8(chunk).ok()?;
            digits.push(u32::from_str_radix(chunk, 16).ok()?);
        }
        Some(Ok(Self::new(negative, digits)))
    }

    /// Returns the number as text, if it is short enough to be read in a message.
    pub(crate) fn shown(&self) -> String {
        const MOST_BITS: usize = 200;
        match self.bits() {
            ..MOST_BITS => self.to_string(),
            bits => format!("an int of {bits} bits"),
        }
    }

    /// Returns the number of bits of its absolute value.
    pub(crate) fn bits(&self) -> usize {
        self.digits.last().map_or(0, |last| {
            32 * self.digits.len() - last.leading_zeros() as usize
        })
    }

    fn magnitude(&self) -> Option<u128> {
        if self.digits.len() > 4 {
            return None;
        }
        Some(
            self.digits
                .iter()
                .rev()
                .fold(0, |value, &digit| value << 32 | u128::from(digit)),
        )
    }
}

/// Negates the number that all bytes represent in two's complement.
fn negate(bytes: &mut [u8]) {
    let mut carry = true;
    for byte in bytes {
        (*byte, carry) = (!*byte).overflowing_add(u8::from(carry));
    }
}

impl Ord for BigInt {
    fn cmp(&self, other: &Self) -> Ordering {
        let magnitudes = || {
            let by_length = self.digits.len().cmp(&other.digits.len());
            by_length.then_with(|| self.digits.iter().rev().cmp(other.digits.iter().rev()))
        };
        match (self.negative, other.negative) {
            (false, false) => magnitudes(),
            (true, true) => magnitudes().reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for BigInt {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for BigInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const CHUNK: u64 = 1_000_000_000;
        let mut rest = self.digits.clone();
        let mut chunks = Vec::new();
        while !rest.is_empty() {
            let mut remainder = 0;
            for digit in rest.iter_mut().rev() {
                let value = remainder << 32 | u64::from(*digit);
                *digit = (value / CHUNK) as u32;
                remainder = value % CHUNK;
            }
            chunks.push(remainder);
            while rest.last() == Some(&0) {
                rest.pop();
            }
        }
        let mut text = chunks.pop().unwrap_or(0).to_string();
        for chunk in chunks.iter().rev() {
            text.push_str(&format!("{chunk:09}"));
        }
        f.pad_integral(!self.negative, "", &text)
    }
}

impl FromStr for BigInt {
    type Err = ParseBigIntError;

    /// Parses decimal digits after an optional sign.
    fn from_str(text: &str) -> Result<Self, ParseBigIntError> {
        let (negative, number) = match text.as_bytes() {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] | rest => (false, rest),
        };
        if number.is_empty() {
            return Err(ParseBigIntError);
        }
        let mut digits: Vec<u32> = Vec::new();
        for chunk in number.chunks(9) {
            let mut carry = 0;
            for byte in chunk {
                let value = (*byte as char).to_digit(10).ok_or(ParseBigIntError)?;
                carry = carry * 10 + u64::from(value);
            }
            let scale = 10_u64.pow(chunk.len() as u32);
            for digit in &mut digits {
                let value = u64::from(*digit) * scale + carry;
                *digit = value as u32;
                carry = value >> 32;
            }
            if carry > 0 {
                digits.push(carry as u32);
            }
        }
        Ok(Self::new(negative, digits))
    }
}

impl fmt::Display for ParseBigIntError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal integer")
    }
}

impl Error for ParseBigIntError {}

impl fmt::Display for OutOfRangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the integer is out of range")
    }
}

impl Error for OutOfRangeError {}

macro_rules! conversions {
    ($($int:ident)*) => { $(
        impl From<$int> for BigInt {
            fn from(value: $int) -> Self {
                #[allow(unused_comparisons, reason = "unsigned types are never below zero")]
                let negative = value < 0;
                let mut magnitude = if negative { (value as i128).unsigned_abs() } else { value as u128 };
                let mut digits = Vec::new();
                while magnitude > 0 {
                    digits.push(magnitude as u32);
                    magnitude >>= 32;
                }
                Self::new(negative, digits)
            }
        }

        impl TryFrom<&BigInt> for $int {
            type Error = OutOfRangeError;

            fn try_from(value: &BigInt) -> Result<Self, OutOfRangeError> {
                let magnitude = value.magnitude().ok_or(OutOfRangeError)?;
                if value.negative {
                    let negated = 0_i128.checked_sub_unsigned(magnitude).ok_or(OutOfRangeError)?;
                    negated.try_into().map_err(|_| OutOfRangeError)
                } else {
                    magnitude.try_into().map_err(|_| OutOfRangeError)
                }
            }
        }
    )* };
}

conversions! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

#[cfg(test)]
mod tests {
    use super::*;

    fn hexadecimal_text(number: &BigInt) -> String {
        let mut text = number.to_hexadecimal().unwrap();
        assert_eq!(text.pop(), Some(0));
        String::from_utf8(text).unwrap()
    }

    fn from_hexadecimal(text: &str) -> Option<BigInt> {
        BigInt::from_hexadecimal(text).map(Result::unwrap)
    }

    #[test]
    fn hexadecimal() {
        for number in NUMBERS {
            let number: BigInt = number.parse().unwrap();
            let text = hexadecimal_text(&number);
            assert_eq!(from_hexadecimal(&text), Some(number));
        }
        assert_eq!(hexadecimal_text(&BigInt::from(-255)), "-ff");
        assert_eq!(hexadecimal_text(&BigInt::from(1_u64 << 32)), "100000000");
        assert_eq!(BigInt::from(1_u64 << 32).bits(), 33);
        assert_eq!(from_hexadecimal("-0x1"), Some(BigInt::from(-1)));
        assert_eq!(from_hexadecimal("0b1+"), None);
    }

    const NUMBERS: &[&str] = &[
        "0",
        "1",
        "-1",
        "127",
        "128",
        "-128",
        "-129",
        "255",
        "256",
        "-32768",
        "4294967295",
        "4294967296",
        "-4294967296",
        "999999999",
        "1000000000",
        "18446744073709551616",
        "-170141183460469231731687303715884105728",
        "340282366920938463463374607431768211455",
        "340282366920938463463374607431768211456",
        "-1000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    ];

    #[test]
    fn text_and_bytes_round_trip() {
        for text in NUMBERS {
            let number: BigInt = text.parse().unwrap();
            assert_eq!(number.to_string(), *text);
            let bytes = number.to_signed_bytes_le();
            assert_eq!(BigInt::from_signed_bytes_le(&bytes), number, "{text}");
            assert_eq!(
                bytes.last().unwrap() & 0x80 != 0,
                number.is_negative(),
                "{text}"
            );
        }
    }

    #[test]
    fn bytes_are_as_few_as_can_be() {
        let length = |text: &str| text.parse::<BigInt>().unwrap().to_signed_bytes_le().len();
        assert_eq!(
            ["0", "127", "128", "-128", "-129", "32767", "32768"].map(length),
            [1, 1, 2, 1, 2, 2, 3]
        );
    }

    #[test]
    fn integers_round_trip_at_their_limits() {
        assert_eq!(i128::try_from(&BigInt::from(i128::MIN)), Ok(i128::MIN));
        assert_eq!(u128::try_from(&BigInt::from(u128::MAX)), Ok(u128::MAX));
        assert_eq!(i64::try_from(&BigInt::from(i64::MIN)), Ok(i64::MIN));
        assert_eq!(u8::try_from(&BigInt::from(256)), Err(OutOfRangeError));
        assert_eq!(u8::try_from(&BigInt::from(-1)), Err(OutOfRangeError));
    }

    #[test]
    fn order_is_that_of_numbers() {
        let mut numbers: Vec<BigInt> = [
            "5",
            "-5",
            "0",
            "99999999999999999999",
            "-99999999999999999999",
        ]
        .iter()
        .map(|text| text.parse().unwrap())
        .collect();
        numbers.sort();
        let sorted: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        assert_eq!(
            sorted,
            [
                "-99999999999999999999",
                "-5",
                "0",
                "5",
                "99999999999999999999"
            ]
        );
    }

    #[test]
    fn other_text_is_refused() {
        for text in ["", "-", "+", "1 ", "0x1", "1_000", "--1", "٣"] {
            assert_eq!(text.parse::<BigInt>(), Err(ParseBigIntError), "{text:?}");
        }
    }
}
