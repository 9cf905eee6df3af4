//! Path data of SVG, as far as polylines go (https://www.w3.org/TR/SVG11/paths.html#PathData).

use crate::bindings::Point;

/// The points of a path made of the commands M, L, H, V and Z, absolute or relative (in lower case).
///
/// # Errors
///
/// In words, what the path has that a polyline cannot show.
pub(crate) fn points(d: &str) -> Result<Vec<Point>, String> {
    let mut points: Vec<Point> = Vec::new();
    let mut tokens = tokens(d)?.into_iter().peekable();
    let mut command = None;
    while let Some(token) = tokens.peek() {
        // Numbers without a command repeat the last one; after a move they are lines.
        if let Token::Command(letter) = *token {
            tokens.next();
            if points.is_empty() != letter.eq_ignore_ascii_case(&'m') {
                return Err(format!("a path starts with its only M, here is `{letter}`"));
            }
            if letter.eq_ignore_ascii_case(&'z') {
                let first = points[0];
                points.push(first);
                command = None;
                continue;
            }
            command = Some(letter);
        }
        let letter = command.ok_or("a number comes before any command")?;
        let mut number = || match tokens.next() {
            Some(Token::Number(number)) => Ok(number),
            _ => Err(format!("`{letter}` needs more numbers")),
        };
        let last = points.last().copied().unwrap_or(Point { x: 0.0, y: 0.0 });
        let origin = if letter.is_ascii_lowercase() {
            last
        } else {
            Point { x: 0.0, y: 0.0 }
        };
        points.push(match letter.to_ascii_uppercase() {
            'M' | 'L' => Point {
                x: origin.x + number()?,
                y: origin.y + number()?,
            },
            'H' => Point {
                x: origin.x + number()?,
                ..last
            },
            'V' => Point {
                y: origin.y + number()?,
                ..last
            },
            _ => return Err(format!("`{letter}` is not a straight line")),
        });
    }
    Ok(points)
}

#[derive(Clone, Copy, Debug)]
enum Token {
    Command(char),
    Number(f64),
}

fn tokens(d: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = d;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let Some(first) = rest.chars().next() else {
            return Ok(tokens);
        };
        if first.is_ascii_alphabetic() {
            tokens.push(Token::Command(first));
            rest = &rest[1..];
            continue;
        }
        let (number, after) = rest.split_at(number_length(rest));
        tokens.push(Token::Number(
            number
                .parse()
                .map_err(|_| format!("`{first}` is not part of a path"))?,
        ));
        rest = after;
    }
}

/// How many bytes of `text` belong to the number at its start. A sign begins a new one except after an exponent's e.
fn number_length(text: &str) -> usize {
    let mut before = 'e';
    let end = text.find(|c: char| {
        let sign_allowed = before.eq_ignore_ascii_case(&'e');
        before = c;
        !(c.is_ascii_digit()
            || matches!(c, '.' | 'e' | 'E')
            || (matches!(c, '+' | '-') && sign_allowed))
    });
    end.unwrap_or(text.len())
}
