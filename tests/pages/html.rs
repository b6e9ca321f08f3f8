//! What a browser makes of a form: its fields, as it would send them, and what is said of each.

/// A tag: its name, its attributes, and the text up to the next one.
type Tag = (String, Vec<(String, String)>, String);

/// The tags of HTML that the project wrote.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    for piece in html.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut attributes = Vec::new();
        while !rest.is_empty() {
            let end = rest.find([' ', '=']).unwrap_or(rest.len());
            let key = rest[..end].to_owned();
            rest = &rest[end..];
            let value = match rest.strip_prefix("=\"") {
                Some(quoted) => {
                    let (value, after) = quoted.split_once('"').unwrap();
                    rest = after;
                    plain(value)
                }
                None => String::new(),
            };
            rest = rest.strip_prefix(' ').unwrap_or(rest);
            attributes.push((key, value));
        }
        found.push((name.to_owned(), attributes, plain(text)));
    }
    found
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// What a browser sends of a form.
pub fn fields(html: &str) -> Vec<(String, String)> {
    let mut sent = Vec::new();
    let mut select = String::new();
    for (tag, attributes, _) in tags(html) {
        let of = |key: &str| attributes.iter().find(|(own, _)| own == key).map(|(_, value)| value.clone());
        let value = of("value").unwrap_or_default();
        match tag.as_str() {
            "select" => select = of("name").unwrap(),
            "option" if of("selected").is_some() => sent.push((select.clone(), value)),
            "input" => {
                let ticked = !matches!(of("type").as_deref(), Some("radio" | "checkbox"));
                if let Some(name) = of("name").filter(|_| ticked || of("checked").is_some()) {
                    sent.push((name, value));
                }
            }
            _ => {}
        }
    }
    sent
}

/// The class of a field, whether it is shown, and what is said to be wrong with it.
pub fn field(html: &str, path: &str) -> Option<(String, bool, String)> {
    let all = tags(html);
    let is_field = |attributes: &[(String, String)]| attributes.iter().any(|(key, _)| key == "data-champ");
    let at = all.iter().position(|(_, attributes, _)| {
        attributes.iter().any(|(key, value)| key == "data-champ" && value == path)
    })?;
    let (_, attributes, _) = &all[at];
    let of = |key: &str| attributes.iter().find(|(own, _)| own == key);
    let class = of("class").map(|(_, value)| value.clone()).unwrap_or_default();
    let mut wrong = String::new();
    let mut inside = false;
    for (tag, attributes, text) in &all[at + 1..] {
        if is_field(attributes) {
            break;
        }
        inside |= attributes.iter().any(|(key, value)| key == "class" && value == "wrong");
        if inside && tag == "p" {
            wrong.push_str(text);
        }
        if tag == "/div" {
            inside = false;
        }
    }
    Some((class, of("hidden").is_none(), wrong.replace(['\u{a0}', '\u{202f}'], " ")))
}
