//! Options that several commands share, and the forms of their answers.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use conforme::render;

use super::OPTIONS;

/// How the answer is written.
#[derive(Debug, Args)]
pub struct AnswerForm {
    /// Forme de la réponse : text (à défaut), json, yaml, markdown, html ou docx
    #[arg(long, value_name = "FORME", value_enum, hide_possible_values = true, help_heading = OPTIONS)]
    pub format: Option<DecisionFormat>,
    /// Langue des mots du cadre : fr (à défaut) ou en ; les mots d'un texte ne sont jamais traduits
    #[arg(long, value_name = "LANGUE", value_enum, default_value_t = Lang::Fr,
          hide_default_value = true, hide_possible_values = true, help_heading = OPTIONS)]
    pub lang: Lang,
}

impl AnswerForm {
    /// The form, where nothing else goes without saying.
    pub fn format(&self) -> DecisionFormat {
        self.format.unwrap_or(DecisionFormat::Text)
    }
}

/// Which texts are seen.
#[derive(Debug, Args)]
pub struct Seen {
    /// Décide comme les textes étaient connus ce jour-là : un texte publié plus tard n'est pas vu
    #[arg(long = "known-on", value_name = "DATE", help_heading = OPTIONS)]
    pub known_on: Option<String>,
    /// Essaie aussi les projets (« statut projet »), qui sinon ne s'appliquent jamais
    #[arg(long, help_heading = OPTIONS)]
    pub draft: bool,
}

/// Where policies are.
#[derive(Debug, Args)]
pub struct Policies {
    /// Répertoire où sont les textes (policies/ à défaut)
    #[arg(long, value_name = "RÉPERTOIRE", default_value = DEFAULT_POLICIES, hide_default_value = true,
          help_heading = OPTIONS)]
    pub policies: PathBuf,
}

/// Where policies are looked for when nothing is said.
pub const DEFAULT_POLICIES: &str = "policies";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Explain {
    None,
    Brief,
    Full,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DecisionFormat {
    Text,
    Json,
    Yaml,
    Markdown,
    Html,
    #[cfg(feature = "docx")]
    Docx,
}

impl DecisionFormat {
    /// All of them, what people read first.
    pub const ALL: [DecisionFormat; 5 + cfg!(feature = "docx") as usize] = [
        #[cfg(feature = "docx")]
        DecisionFormat::Docx,
        DecisionFormat::Html,
        DecisionFormat::Markdown,
        DecisionFormat::Json,
        DecisionFormat::Yaml,
        DecisionFormat::Text,
    ];

    /// As the command calls it.
    pub fn name(self) -> &'static str {
        match self {
            DecisionFormat::Text => "text",
            DecisionFormat::Json => "json",
            DecisionFormat::Yaml => "yaml",
            DecisionFormat::Markdown => "markdown",
            DecisionFormat::Html => "html",
            #[cfg(feature = "docx")]
            DecisionFormat::Docx => "docx",
        }
    }

    /// What the end of a file's name asks for.
    pub fn of_name(path: &Path) -> Option<DecisionFormat> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        Some(match ending.as_str() {
            "txt" => DecisionFormat::Text,
            "json" | "jsonl" => DecisionFormat::Json,
            "yaml" | "yml" => DecisionFormat::Yaml,
            "md" => DecisionFormat::Markdown,
            "html" | "htm" => DecisionFormat::Html,
            #[cfg(feature = "docx")]
            "docx" => DecisionFormat::Docx,
            _ => return None,
        })
    }

    /// How the name of a file in this form ends.
    pub fn ending(self) -> &'static str {
        match self {
            DecisionFormat::Text => ".txt",
            DecisionFormat::Markdown => ".md",
            DecisionFormat::Json => ".json",
            DecisionFormat::Yaml => ".yaml",
            DecisionFormat::Html => ".html",
            #[cfg(feature = "docx")]
            DecisionFormat::Docx => ".docx",
        }
    }

    /// Whether an answer in it is a file by itself, of one dossier.
    pub fn is_whole_file(self) -> bool {
        match self {
            DecisionFormat::Html => true,
            #[cfg(feature = "docx")]
            DecisionFormat::Docx => true,
            DecisionFormat::Text | DecisionFormat::Json | DecisionFormat::Yaml | DecisionFormat::Markdown => {
                false
            }
        }
    }

    /// Whether it is nothing that a terminal shows.
    pub fn is_binary(self) -> bool {
        match self {
            #[cfg(feature = "docx")]
            DecisionFormat::Docx => true,
            DecisionFormat::Text
            | DecisionFormat::Json
            | DecisionFormat::Yaml
            | DecisionFormat::Markdown
            | DecisionFormat::Html => false,
        }
    }
}

/// How a paper or a page to review is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaperFormat {
    Markdown,
    Html,
    #[cfg(feature = "docx")]
    Docx,
}

impl PaperFormat {
    /// All of them, as a decision is written.
    pub const ALL: [DecisionFormat; 2 + cfg!(feature = "docx") as usize] = [
        #[cfg(feature = "docx")]
        DecisionFormat::Docx,
        DecisionFormat::Html,
        DecisionFormat::Markdown,
    ];

    /// What the end of a file's name asks for.
    fn of_name(path: &Path) -> Option<PaperFormat> {
        match DecisionFormat::of_name(path)? {
            DecisionFormat::Markdown => Some(PaperFormat::Markdown),
            DecisionFormat::Html => Some(PaperFormat::Html),
            #[cfg(feature = "docx")]
            DecisionFormat::Docx => Some(PaperFormat::Docx),
            DecisionFormat::Text | DecisionFormat::Json | DecisionFormat::Yaml => None,
        }
    }

    /// The form that the command asks for, else the one that the name of the file says.
    pub fn asked(format: Option<PaperFormat>, output: Option<&Path>) -> Option<PaperFormat> {
        format.or_else(|| PaperFormat::of_name(output?))
    }

    /// The form of a decision that is written so.
    pub fn of_decision(self) -> DecisionFormat {
        match self {
            PaperFormat::Markdown => DecisionFormat::Markdown,
            PaperFormat::Html => DecisionFormat::Html,
            #[cfg(feature = "docx")]
            PaperFormat::Docx => DecisionFormat::Docx,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TestFormat {
    Text,
    Json,
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    Fr,
    En,
}

impl From<Explain> for render::Explain {
    fn from(explain: Explain) -> Self {
        match explain {
            Explain::None => render::Explain::None,
            Explain::Brief => render::Explain::Brief,
            Explain::Full => render::Explain::Full,
        }
    }
}

impl From<Lang> for render::Lang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Fr => render::Lang::Fr,
            Lang::En => render::Lang::En,
        }
    }
}
