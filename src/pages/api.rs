//! The page of the API: what its description (OpenAPI) says of each address, for people.

use serde_json::{Map, Value};

use super::whole::service_page;
use crate::render::document::{Block, Cell, Document, Grid, Section, Target};

/// The address of this page.
pub const API: &str = "/pages/api";

/// The description as a page.
pub fn api_page(described: &Value) -> String {
    let info = &described["info"];
    let mut first: Vec<Block> = paragraphs(&info["description"]).collect();
    first.push(Block::Line(vec![
        Cell::plain("La description pour les programmes (OpenAPI 3.1) :"),
        Cell::link("/v1/openapi.json", Target::Page("/v1/openapi.json".to_owned(), None)),
    ]));
    let mut sections = vec![Section { title: String::new(), blocks: first }];
    for (path, methods) in entries(&described["paths"]) {
        for (method, operation) in entries(methods) {
            let title = format!("{} {path}", method.to_uppercase());
            sections.push(Section { title, blocks: told(described, operation) });
        }
    }
    let document = Document {
        head: Vec::new(),
        title: "L'API".to_owned(),
        subtitle: vec![text(&info["summary"]).to_owned()],
        verdict: None,
        sections,
        hint: None,
    };
    service_page(&document, false)
}

/// What is said of one operation.
fn told(described: &Value, operation: &Value) -> Vec<Block> {
    let mut blocks: Vec<Block> = vec![Block::Para(format!("{}.", text(&operation["summary"])))];
    blocks.extend(paragraphs(&operation["description"]));
    let plain = |words: &str| Cell::plain(words.replace('`', ""));
    let parameters: Vec<Vec<Cell>> = operation["parameters"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|parameter| {
            let parameter = at(described, parameter);
            let place = match text(&parameter["in"]) {
                "path" => "dans le chemin",
                "header" => "en-tête",
                _ => "après « ? »",
            };
            vec![plain(text(&parameter["name"])), plain(place), plain(text(&parameter["description"]))]
        })
        .collect();
    grid(&mut blocks, "Ce qui se demande", ["nom", "où", "quoi"], parameters);
    let body = &operation["requestBody"];
    let kinds: Vec<&str> = entries(&body["content"]).map(|(kind, _)| kind.as_str()).collect();
    if !kinds.is_empty() {
        let said = format!("Envoi : {}. {}", kinds.join(", "), text(&body["description"]));
        blocks.push(Block::Para(said.trim_end().replace('`', "")));
    }
    let answers: Vec<Vec<Cell>> = entries(&operation["responses"])
        .map(|(status, answer)| {
            let answer = at(described, answer);
            let kinds: Vec<&str> = entries(&answer["content"]).map(|(kind, _)| kind.as_str()).collect();
            vec![plain(status), plain(&kinds.join(", ")), plain(text(&answer["description"]))]
        })
        .collect();
    grid(&mut blocks, "Réponses", ["état", "forme", "quoi"], answers);
    blocks
}

fn grid(blocks: &mut Vec<Block>, caption: &str, heads: [&str; 3], rows: Vec<Vec<Cell>>) {
    if !rows.is_empty() {
        let heads = heads.map(str::to_owned).to_vec();
        blocks.push(Block::Grid(Grid { caption: caption.to_owned(), heads, rows }));
    }
}

/// What a reference leads to; anything else is itself.
fn at<'v>(described: &'v Value, value: &'v Value) -> &'v Value {
    let to = value["$ref"].as_str().and_then(|to| described.pointer(to.trim_start_matches('#')));
    to.unwrap_or(value)
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn paragraphs(value: &Value) -> impl Iterator<Item = Block> {
    text(value).split("\n\n").map(|said| Block::Para(said.replace('`', "")))
}
