//! What somebody probably meant who wrote a date in a form that files do not have: for a hint,
//! never for a date.

use super::{Calendar, edtf};

/// How the date should be written, as JSON; `None` when nothing can be guessed.
pub fn meant(written: &str, calendar: Calendar) -> Option<String> {
    let plain: String = written.trim().chars().map(latin).collect();
    let parts: Vec<&str> = plain.split(['/', '.', '-']).collect();
    let (year, month, day, turned) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (*year, *month, *day, false),
        [day, month, year] if year.len() == 4 => {
            let month_first = number(month)? > 12;
            let (day, month) = if month_first {
                (month, day)
            } else {
                (day, month)
            };
            (*year, *month, *day, number(day)? <= 12 && day != month)
        }
        [all] => (
            all.get(..4)?,
            all.get(4..6)?,
            all.get(6..8).filter(|_| all.len() == 8)?,
            false,
        ),
        _ => return None,
    };
    let date = |month, day| form(number(year)?, number(month)?, number(day)?, calendar);
    let first = date(month, day)?;
    let other = date(day, month).filter(|_| turned);
    Some(match other {
        Some(other) => format!("{first}, or {other} if the month stands first"),
        None => first,
    })
}

fn form(year: u32, month: u32, day: u32, calendar: Calendar) -> Option<String> {
    let solar = calendar == Calendar::Jalali || (1200..=1500).contains(&year);
    let read_as = if solar { Calendar::Jalali } else { calendar };
    let date = format!("{year:04}-{month:02}-{day:02}");
    edtf::parse(&date, read_as).ok()?;
    let whole = solar && calendar == Calendar::Gregorian;
    Some(if whole {
        format!("{{\"jalali\": \"{date}\"}}")
    } else {
        format!("\"{date}\"")
    })
}

fn number(digits: &str) -> Option<u32> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// A digit of either script as an ASCII one.
fn latin(digit: char) -> char {
    let of = |zero: u32| char::from_digit((digit as u32).wrapping_sub(zero), 10);
    of(0x6F0).or_else(|| of(0x660)).unwrap_or(digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_forms_are_turned_into_ours() {
        for (written, want) in [
            (
                "11/07/2024",
                "\"2024-07-11\", or \"2024-11-07\" if the month stands first",
            ),
            ("07/07/2024", "\"2024-07-07\""),
            ("25.7.2024", "\"2024-07-25\""),
            ("7/25/2024", "\"2024-07-25\""),
            ("2024/7/1", "\"2024-07-01\""),
            ("20240711", "\"2024-07-11\""),
            ("۱۴۰۳/۴/۲۱", "{\"jalali\": \"1403-04-21\"}"),
            ("1403-4-21", "{\"jalali\": \"1403-04-21\"}"),
        ] {
            assert_eq!(
                meant(written, Calendar::Gregorian).as_deref(),
                Some(want),
                "{written}"
            );
        }
        let solar = meant("۱۴۰۳/۴/۲۱", Calendar::Jalali);
        assert_eq!(solar.as_deref(), Some("\"1403-04-21\""));
    }

    #[test]
    fn what_is_no_date_gets_no_hint() {
        for written in [
            "",
            "soon",
            "11 July 2024",
            "31/02/2024",
            "1/2",
            "2024-13-40",
            "////",
            "aé345678",
        ] {
            assert_eq!(meant(written, Calendar::Gregorian), None, "{written}");
        }
    }
}
