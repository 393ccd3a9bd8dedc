//! Prints the table of roles: `docs/roles.md`.

use std::io::{self, Write as _};

fn main() -> io::Result<()> {
    io::stdout().write_all(wuhen_model::people::roles_document().as_bytes())
}
