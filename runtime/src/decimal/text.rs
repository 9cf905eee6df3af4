//! Decimal numbers as text: the grammar that Python's constructor accepts, and the format of its `str`.

use super::{Decimal, Kind};
use std::alloc::Layout;
use std::collections::TryReserveError;
use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// The error of parsing a [`Decimal`] from text that is not a decimal number.
///
/// ```
/// use pyidl_runtime::{Decimal, ParseDecimalError};
///
/// assert_eq!("1,5".parse::<Decimal>(), Err(ParseDecimalError));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseDecimalError;

impl fmt::Display for ParseDecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal number")
    }
}

impl Error for ParseDecimalError {}

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    /// Parses digits with or without a sign, a point and an exponent (`-1.50`, `1E+3`), `Infinity`, `NaN` or `sNaN`.
    fn from_str(text: &str) -> Result<Self, ParseDecimalError> {
        match Self::read(text) {
            Ok(number) => number.ok_or(ParseDecimalError),
            // A failed allocation is handled as in the standard library.
            Err(_) => std::alloc::handle_alloc_error(Layout::for_value(text)),
        }
    }
}

impl Decimal {
    /// Parses a number; returns `None` if the text is not one.
    ///
    /// # Errors
    /// Fails if there is no memory for the digits.
    pub(super) fn read(text: &str) -> Result<Option<Self>, TryReserveError> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let kind = match special(unsigned)? {
            None => finite(unsigned)?,
            special => special,
        };
        Ok(kind.map(|kind| Self {
            negative: text.starts_with('-'),
            kind,
        }))
    }
}

/// Returns the text after `start`, compared case-insensitively.
fn behind<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let begins = text.get(..start.len())?.eq_ignore_ascii_case(start);
    begins.then(|| &text[start.len()..])
}

/// Joins these texts and removes leading zeros.
fn significant(whole: &str, fraction: &str) -> Result<String, TryReserveError> {
    let whole = whole.trim_start_matches('0');
    let fraction = match whole {
        "" => fraction.trim_start_matches('0'),
        _ => fraction,
    };
    let mut digits = String::new();
    digits.try_reserve_exact(whole.len() + fraction.len())?;
    digits.push_str(whole);
    digits.push_str(fraction);
    Ok(digits)
}

fn special(text: &str) -> Result<Option<Kind>, TryReserveError> {
    if text.eq_ignore_ascii_case("inf") || text.eq_ignore_ascii_case("infinity") {
        return Ok(Some(Kind::Infinite));
    }
    let signals = behind(text, "s");
    let payload = behind(signals.unwrap_or(text), "nan").filter(|payload| is_digits(payload));
    let Some(payload) = payload else {
        return Ok(None);
    };
    Ok(Some(Kind::NotANumber {
        signals: signals.is_some(),
        payload: significant(payload, "")?,
    }))
}

fn finite(text: &str) -> Result<Option<Kind>, TryReserveError> {
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.parse::<i64>().ok()),
        None => (text, Some(0)),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let places = i64::try_from(fraction.len()).ok();
    let exponent = exponent.zip(places);
    let exponent = exponent.and_then(|(exponent, places)| exponent.checked_sub(places));
    let is_number =
        is_digits(whole) && is_digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    let Some(exponent) = exponent.filter(|_| is_number) else {
        return Ok(None);
    };
    let mut digits = significant(whole, fraction)?;
    if digits.is_empty() {
        digits.try_reserve_exact(1)?;
        digits.push('0');
    }
    Ok(Some(Kind::Finite { digits, exponent }))
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Formats like Python's `str`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negative {
            f.write_str("-")?;
        }
        match &self.kind {
            Kind::Infinite => f.write_str("Infinity"),
            Kind::NotANumber { signals, payload } => {
                write!(f, "{}NaN{payload}", if *signals { "s" } else { "" })
            }
            Kind::Finite { digits, exponent } => write_finite(f, digits, *exponent),
        }
    }
}

/// Numbers with at most this many zeros after the point are written without an exponent.
const MOST_LEADING_ZEROS: i128 = 6;

fn write_finite(f: &mut fmt::Formatter<'_>, digits: &str, exponent: i64) -> fmt::Result {
    let count = digits.len() as i128;
    // The number of digits before the point if there is no exponent.
    let whole = i128::from(exponent) + count;
    if exponent > 0 || whole <= -MOST_LEADING_ZEROS {
        let (first, rest) = digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        return write!(f, "{first}{point}{rest}E{:+}", whole - 1);
    }
    if whole <= 0 {
        let zeros = "0".repeat(usize::try_from(-whole).unwrap_or(0));
        return write!(f, "0.{zeros}{digits}");
    }
    let (whole, fraction) = digits.split_at(usize::try_from(whole).unwrap_or(digits.len()));
    let point = if fraction.is_empty() { "" } else { "." };
    write!(f, "{whole}{point}{fraction}")
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::{Decimal, ParseDecimalError};

    #[test]
    fn text_is_what_python_makes_of_it() {
        for (text, shown) in [
            ("0", "0"),
            ("-0.00", "-0.00"),
            ("007.50", "7.50"),
            (".5", "0.5"),
            ("5.", "5"),
            ("+1e3", "1E+3"),
            ("1.5E3", "1.5E+3"),
            ("150e-1", "15.0"),
            ("1E-6", "0.000001"),
            ("1E-7", "1E-7"),
            ("123e-9", "1.23E-7"),
            ("0e5", "0E+5"),
            ("infinity", "Infinity"),
            ("-Inf", "-Infinity"),
            ("nan", "NaN"),
            ("-sNaN0012", "-sNaN12"),
            ("1E+999999999999999999", "1E+999999999999999999"),
        ] {
            let number: Decimal = text.parse().unwrap();
            assert_eq!(number.to_string(), shown, "{text}");
            assert_eq!(shown.parse(), Ok(number), "{text}");
        }
    }

    #[test]
    fn other_text_is_refused() {
        for text in [
            "", "-", ".", "1.2.3", "1e", "e5", "--1", "1_0", " 1", "nanx", "0x1", "٣", "1e1.5",
        ] {
            assert_eq!(text.parse::<Decimal>(), Err(ParseDecimalError), "{text}");
        }
    }
}
