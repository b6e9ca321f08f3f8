//! What is proposed to be typed next: commands that can be copied as they are.

use std::path::Path;

use super::args::DEFAULT_POLICIES;
use super::files;

/// The option that says where policies are, where a command would not look there by itself.
pub fn policies(root: &Path) -> Option<String> {
    (root != Path::new(DEFAULT_POLICIES)).then(|| format!("--policies {}", path(root)))
}

/// A path as one word for a shell.
pub fn path(path: &Path) -> String {
    let shown = files::shown(path);
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | ':' | '+' | ',');
    if !shown.is_empty() && !shown.starts_with('-') && shown.chars().all(is_plain) {
        return shown;
    }
    format!("'{}'", shown.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::{path, policies};
    use std::path::Path;

    #[test]
    fn a_path_is_one_word_for_a_shell() {
        let table = [
            ("textes/été", "textes/été"),
            ("mes textes", "'mes textes'"),
            ("l'été", r"'l'\''été'"),
            ("a;b", "'a;b'"),
        ];
        for (given, expected) in table {
            assert_eq!(path(Path::new(given)), expected);
        }
    }

    #[test]
    fn the_usual_folder_is_not_said() {
        assert_eq!(policies(Path::new("policies")), None);
        assert_eq!(policies(Path::new(".")), Some("--policies .".to_owned()));
    }
}
