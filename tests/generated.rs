//! rustfmt has nothing to change in the generated Rust. (clippy checks it when the modules are linted.)

use std::process::Command;

use pyidl_test_support::{Stage, notice, skipped};

#[test]
fn rustfmt_changes_nothing() {
    let stage = Stage::get();
    let files: Vec<_> = stage
        .modules
        .iter()
        .flat_map(|module| &module.generated)
        .collect();
    assert!(
        files.len() >= 2 * stage.modules.len(),
        "each module has a readable and a glue file"
    );
    let mut command = Command::new("rustfmt");
    command
        .args([
            "--check",
            "--edition",
            "2024",
            "--config",
            "style_edition=2024",
        ])
        .args(files);
    let Ok(output) = command.output() else {
        return skipped("rustfmt", "it is not installed");
    };
    let changes = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{changes}{errors}");
    notice(&format!(
        "rustfmt changes nothing in the Rust of {} modules",
        stage.modules.len()
    ));
}
