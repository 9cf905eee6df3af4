//! Decimal numbers, as plain data.

mod convert;
mod text;

pub use text::ParseDecimalError;

/// A decimal number, exactly as Python's `decimal.Decimal` has it: 1.5 and 1.50 are two.
///
/// It holds, compares, parses and prints numbers. To calculate with them, hand their text to a crate for decimal numbers.
///
/// ```
/// use pyidl_runtime::Decimal;
///
/// let price: Decimal = "12.50".parse().unwrap();
/// assert_eq!(price.to_string(), "12.50");
/// assert_eq!((price.digits(), price.exponent()), (Some("1250"), Some(-2)));
/// assert_ne!(price, "12.5".parse().unwrap());
/// assert_eq!(price.to_f64(), 12.5);
/// assert_eq!(Decimal::from(-3).to_string(), "-3");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Decimal {
    negative: bool,
    kind: Kind,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Kind {
    /// The digits without leading zeros, at least one, and the power of ten that they are multiplied with.
    Finite {
        digits: String,
        exponent: i64,
    },
    Infinite,
    /// Whether it signals, and digits for diagnosis.
    NotANumber {
        signals: bool,
        payload: String,
    },
}

impl Decimal {
    /// Whether it has a minus sign; zero and NaN can have one.
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// Whether it is neither infinite nor NaN.
    pub fn is_finite(&self) -> bool {
        matches!(self.kind, Kind::Finite { .. })
    }

    /// Whether it is infinite.
    pub fn is_infinite(&self) -> bool {
        self.kind == Kind::Infinite
    }

    /// Whether it is not a number, quietly or not.
    pub fn is_nan(&self) -> bool {
        matches!(self.kind, Kind::NotANumber { .. })
    }

    /// The digits, without point and leading zeros, of a finite number.
    pub fn digits(&self) -> Option<&str> {
        match &self.kind {
            Kind::Finite { digits, .. } => Some(digits),
            _ => None,
        }
    }

    /// The power of ten that the digits are multiplied with, of a finite number.
    pub fn exponent(&self) -> Option<i64> {
        match &self.kind {
            Kind::Finite { exponent, .. } => Some(*exponent),
            _ => None,
        }
    }

    /// How many digits it has, those for diagnosis included.
    fn length(&self) -> usize {
        match &self.kind {
            Kind::Finite { digits, .. } => digits.len(),
            Kind::NotANumber { payload, .. } => payload.len(),
            Kind::Infinite => 0,
        }
    }

    /// The nearest float.
    pub fn to_f64(&self) -> f64 {
        match &self.kind {
            Kind::NotANumber { .. } => f64::NAN,
            // Rust reads all that is written for the others.
            _ => self.to_string().parse().unwrap_or(f64::NAN),
        }
    }
}

/// Zero.
impl Default for Decimal {
    fn default() -> Self {
        Self::from(0)
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self {
            negative: value < 0,
            kind: Kind::Finite {
                digits: value.unsigned_abs().to_string(),
                exponent: 0,
            },
        }
    }
}
