//! Addresses of files, as editors write them.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;

/// The path of a `file:` address; nothing of another one.
pub fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.0.strip_prefix("file://")?;
    // The name of a machine may come first: only this one's files are read.
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let decoded = decoded(rest)?;
    // `/c:/texts` is a path of Windows.
    let drive = decoded.strip_prefix('/').filter(|own| {
        let mut letters = own.chars();
        letters.next().is_some_and(|c| c.is_ascii_alphabetic()) && letters.next() == Some(':')
    });
    Some(PathBuf::from(drive.filter(|_| cfg!(windows)).unwrap_or(&decoded)))
}

/// The address of a path.
pub fn of(path: &Path) -> Uri {
    let shown = path.to_string_lossy().replace('\\', "/");
    let rooted = if shown.starts_with('/') { shown } else { format!("/{shown}") };
    let mut out = String::from("file://");
    for byte in rooted.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                out.push(byte.into())
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    Uri(out)
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_addresses_say_one_another() {
        for path_of in ["/tmp/a b/équipe (1).pol", "/x/100 %.yaml", "/simple"] {
            assert_eq!(path(&of(Path::new(path_of))), Some(PathBuf::from(path_of)));
        }
        assert_eq!(of(Path::new("/é a")).0, "file:///%C3%A9%20a");
        assert_eq!(path(&Uri("untitled:1".to_owned())), None);
        assert_eq!(path(&Uri("file:///%zz".to_owned())), None);
    }
}
