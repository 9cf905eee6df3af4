//! Decimal numbers, as plain data.

mod convert;
mod text;

pub use text::ParseDecimalError;

/// A decimal number, exactly as in Python's `decimal.Decimal`: 1.5 and 1.50 are different values.
///
/// It stores, compares, parses and prints numbers. For calculations, pass its text to a crate for decimal numbers.
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
    /// The digits without leading zeros, at least one, and the power of ten that they are multiplied by.
    Finite {
        digits: String,
        exponent: i64,
    },
    Infinite,
    /// Whether it is a signalling NaN, and its diagnostic digits.
    NotANumber {
        signals: bool,
        payload: String,
    },
}

impl Decimal {
    /// Returns whether it has a minus sign; zero and NaN can have one.
    ///
    /// ```
    /// use pyidl_runtime::Decimal;
    ///
    /// assert!("-0.0".parse::<Decimal>().unwrap().is_negative());
    /// ```
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// Returns whether it is neither infinite nor NaN.
    ///
    /// ```
    /// use pyidl_runtime::Decimal;
    ///
    /// assert!(Decimal::from(1).is_finite());
    /// assert!(!"Infinity".parse::<Decimal>().unwrap().is_finite());
    /// ```
    pub fn is_finite(&self) -> bool {
        matches!(self.kind, Kind::Finite { .. })
    }

    /// Returns whether it is infinite.
    ///
    /// ```
    /// use pyidl_runtime::Decimal;
    ///
    /// assert!("-Infinity".parse::<Decimal>().unwrap().is_infinite());
    /// ```
    pub fn is_infinite(&self) -> bool {
        self.kind == Kind::Infinite
    }

    /// Returns whether it is a NaN, quiet or signalling.
    ///
    /// ```
    /// use pyidl_runtime::Decimal;
    ///
    /// assert!("sNaN".parse::<Decimal>().unwrap().is_nan());
    /// ```
    pub fn is_nan(&self) -> bool {
        matches!(self.kind, Kind::NotANumber { .. })
    }

    /// Returns the digits of a finite number, without point and leading zeros.
    ///
    /// ```
    /// use pyidl_runtime::Decimal;
    ///
    /// assert_eq!("-01.50".parse::<Decimal>().unwrap().digits(), Some("150"));
    /// assert_eq!("NaN".parse::<Decimal>().unwrap().digits(), None);
    /// ```
    pub fn digits(&self) -> Option<&str> {
        match &self.kind {
            Kind::Finite { digits, .. } => Some(digits),
            _ => None,
        }
    }

    /// Returns the power of ten that the digits of a finite number are multiplied by.
    ///
    /// ```
    /// use pyidl_runtime::Decimal;
    ///
    /// assert_eq!("1.50".parse::<Decimal>().unwrap().exponent(), Some(-2));
    /// assert_eq!("2E+3".parse::<Decimal>().unwrap().exponent(), Some(3));
    /// ```
    pub fn exponent(&self) -> Option<i64> {
        match &self.kind {
            Kind::Finite { exponent, .. } => Some(*exponent),
            _ => None,
        }
    }

    /// Returns the number of digits, including diagnostic ones.
    fn length(&self) -> usize {
        match &self.kind {
            Kind::Finite { digits, .. } => digits.len(),
            Kind::NotANumber { payload, .. } => payload.len(),
            Kind::Infinite => 0,
        }
    }

    /// Returns the nearest float.
    ///
    /// ```
    /// use pyidl_runtime::Decimal;
    ///
    /// assert_eq!("1E+400".parse::<Decimal>().unwrap().to_f64(), f64::INFINITY);
    /// ```
    pub fn to_f64(&self) -> f64 {
        match &self.kind {
            Kind::NotANumber { .. } => f64::NAN,
            // Rust parses the text of all other values.
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
