//! `pyidl explain`: explains the code of a finding.

use clap::Args;

use super::Outcome;
use super::output::Output;
use super::table::Table;
use crate::diagnostic::Code;
use crate::diagnostic::explanation::{self, Explanation};
use crate::error::Error;

/// Explain the code of a finding, with an example that fails and one that is right
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The code, such as E0301; without it, all codes are listed
    code: Option<String>,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Error> {
    let Some(text) = &arguments.code else {
        let mut table = Table::new(&["CODE", "MEANING"]);
        for code in Code::ALL {
            table.row([code.as_str(), code.title()]);
        }
        output.print(&table.to_string());
        return Ok(Outcome::Clean);
    };
    match explanation::find(text) {
        Ok(code) => {
            output.print(&Explanation::of(code).to_string());
            Ok(Outcome::Clean)
        }
        Err(nearest) => {
            let error = Error::new(format!("there is no code `{text}`"));
            Err(match nearest {
                Some(code) => error.help(format!("did you mean {}?", code.as_str())),
                None => error.help("`pyidl explain` lists all codes"),
            })
        }
    }
}
