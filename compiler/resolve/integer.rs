//! Integers of any size, as they occur in literals.

use std::cmp::Ordering;
use std::fmt;

/// An integer: sign and decimal digits without leading zeros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Integer {
    negative: bool,
    digits: String,
}

/// Longer literals are rejected, as in Python (`sys.int_info.default_max_str_digits`): the conversion takes quadratic time.
const MAXIMUM_DIGITS: usize = 4300;

impl Integer {
    /// Parses `-5`, `1_000`, `0xff`, `0o17` or `0b11`. `None` if there are too many digits or other characters.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (radix, digits) = match unsigned.get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("0x") => (16, &unsigned[2..]),
            Some("0o") => (8, &unsigned[2..]),
            Some("0b") => (2, &unsigned[2..]),
            _ => (10, unsigned),
        };
        let digits: Vec<u32> = digits
            .chars()
            .filter(|c| *c != '_')
            .map(|c| c.to_digit(radix))
            .collect::<Option<_>>()?;
        if digits.is_empty() || digits.len() > MAXIMUM_DIGITS {
            return None;
        }
        let digits = decimal(&digits, radix);
        Some(Self {
            negative: negative && digits != "0",
            digits,
        })
    }

    fn magnitude(&self, other: &Self) -> Ordering {
        self.digits
            .len()
            .cmp(&other.digits.len())
            .then_with(|| self.digits.cmp(&other.digits))
    }
}

/// The decimal digits of a number given by its digits in base `radix`.
fn decimal(digits: &[u32], radix: u32) -> String {
    const LIMB: u64 = 1_000_000_000;
    let mut limbs: Vec<u64> = vec![0]; // least significant first
    for &digit in digits {
        let mut carry = u64::from(digit);
        for limb in &mut limbs {
            let value = *limb * u64::from(radix) + carry;
            *limb = value % LIMB;
            carry = value / LIMB;
        }
        if carry > 0 {
            limbs.push(carry);
        }
    }
    let mut text = String::new();
    for limb in limbs.iter().rev() {
        text += &if text.is_empty() {
            limb.to_string()
        } else {
            format!("{limb:09}")
        };
    }
    text
}

impl PartialOrd for Integer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Integer {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.magnitude(other),
            (true, true) => other.magnitude(self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.negative { "-" } else { "" }, self.digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        Integer::parse(text).map(|integer| integer.to_string())
    }

    #[test]
    fn reads_every_radix() {
        for (text, decimal) in [
            ("0", "0"),
            ("-0", "0"),
            ("007", "7"),
            ("1_000", "1000"),
            ("0xff", "255"),
            ("-0XFF", "-255"),
            ("0o17", "15"),
            ("0b1_01", "5"),
            (
                "0xffffffffffffffffffffffffffffffff",
                "340282366920938463463374607431768211455",
            ),
            ("1000000000000000000000", "1000000000000000000000"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(decimal), "{text}");
        }
        for bad in ["", "-", "0x", "12a", "é1"] {
            assert_eq!(shown(bad), None, "{bad}");
        }
        assert_eq!(shown(&"9".repeat(MAXIMUM_DIGITS + 1)), None);
    }

    #[test]
    fn compares_by_value() {
        let numbers =
            ["-100", "-20", "-3", "0", "7", "10", "255"].map(|text| Integer::parse(text).unwrap());
        assert!(numbers.is_sorted());
    }
}
