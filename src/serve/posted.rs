//! A form as a browser sends it without script: `nom=valeur&nom=valeur`, some bytes by their figures.

/// What is sent.
#[derive(Debug, PartialEq, Eq)]
pub struct Posted {
    /// Answers by the name of their field.
    pub fields: Vec<(String, String)>,
    /// What the button that was pressed asks.
    pub act: String,
}

/// Reads what is sent.
pub fn read(body: &[u8]) -> Posted {
    let mut posted = Posted { fields: Vec::new(), act: String::new() };
    for (name, value) in pairs(body) {
        match name.as_str() {
            "faire" => posted.act = value,
            _ => posted.fields.push((name, value)),
        }
    }
    posted
}

/// Names with their values, in their order.
pub fn pairs(written: &[u8]) -> Vec<(String, String)> {
    let pair = |pair: &[u8]| {
        let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let (name, value) = pair.split_at(at);
        (plain(name), plain(value.get(1..).unwrap_or_default()))
    };
    written.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(pair).collect()
}

fn plain(written: &[u8]) -> String {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut bytes = Vec::with_capacity(written.len());
    let mut at = 0;
    while let Some(byte) = written.get(at) {
        at += 1;
        match (byte, digit(written.get(at)), digit(written.get(at + 1))) {
            (b'%', Some(high), Some(low)) => {
                bytes.extend(u8::try_from(high * 16 + low));
                at += 2;
            }
            (b'+', _, _) => bytes.push(b' '),
            (byte, _, _) => bytes.push(*byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_form_is_read_as_browsers_send_it() {
        let posted = read(b"adh%C3%A9rents%5B1%5D.RPPS=1+000&a=%&=x&&b&faire=ajouter+adh%C3%A9rents&c=%FF");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields = vec![
            pair("adhérents[1].RPPS", "1 000"),
            pair("a", "%"),
            pair("", "x"),
            pair("b", ""),
            pair("c", "\u{fffd}"),
        ];
        assert_eq!(posted.fields, fields);
        assert_eq!(posted.act, "ajouter adhérents");
    }
}
