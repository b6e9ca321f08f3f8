//! Papers: the letter and the sheet of a decision.

use std::path::PathBuf;

use clap::Args;

use super::{ARGUMENTS, OPTIONS, PaperFormat, Policies, Seen, TEMPLATE};

/// Écrit la lettre d'une décision, ou la demande de ce qui manque
#[derive(Debug, Args)]
#[command(
    name = "letter",
    help_template = TEMPLATE,
    after_help = "\
La lettre dit ce que dit la décision, rien de plus ; les mots de l'agence (tête,
signataire, recours, formules) viennent d'un modèle. Ce que ni l'une ni l'autre
ne disent est marqué « [à compléter : …] ». Où la décision dépend d'une lecture
des textes, ou d'une appréciation, c'est une note à l'autorité qui est écrite.

Ce qui reste à trancher ou à vérifier avant signature est dans une note au
signataire, à part, que « --note » écrit : elle n'est pas envoyée.

Code de sortie : 0 ; 2 si le dossier, un texte ou le modèle est à corriger.

Exemples :
  conforme letter dossier.yaml --template policies/modeles/ars.yaml
  conforme letter dossier.yaml -o lettre.docx --note note.docx"
)]
pub struct Letter {
    #[command(flatten)]
    pub paper: PaperOf,
    /// Où écrire la note au signataire, s'il y a lieu ; sa forme est celle que dit son nom, sinon markdown
    #[arg(long, value_name = "FICHIER", help_heading = OPTIONS)]
    pub note: Option<PathBuf>,
}

/// Écrit la fiche qui explique une décision à l'intéressé (CRPA, art. R. 311-3-1-2)
#[derive(Debug, Args)]
#[command(
    name = "sheet",
    help_template = TEMPLATE,
    after_help = "\
La fiche a quatre parties, celles de l'article R. 311-3-1-2 du code des
relations entre le public et l'administration : la part du traitement dans la
décision, les données, les paramètres, les opérations.

Code de sortie : 0 ; 2 si le dossier, un texte ou le modèle est à corriger.

Exemples :
  conforme sheet dossier.yaml
  conforme sheet dossier.yaml --template modele.yaml -o fiche.html"
)]
pub struct Sheet {
    #[command(flatten)]
    pub paper: PaperOf,
}

/// What a paper is made of, and where it goes.
#[derive(Debug, Args)]
pub struct PaperOf {
    /// Fichier du dossier, en YAML ou en JSON ; « - » lit l'entrée standard
    #[arg(value_name = "DOSSIER", help_heading = ARGUMENTS)]
    pub dossier: PathBuf,
    /// Le modèle de l'agence : ses mots, en YAML ; à défaut chaque place est marquée
    #[arg(long, value_name = "FICHIER", help_heading = OPTIONS)]
    pub template: Option<PathBuf>,
    #[command(flatten)]
    pub place: Policies,
    /// Date d'examen : 2025-10-01 ou 01/10/2025 ; à défaut celle du dossier (« examiné le »), sinon celle du jour
    #[arg(long, value_name = "DATE", help_heading = OPTIONS)]
    pub on: Option<String>,
    /// Retient une lecture, « base du seuil=libéraux » par exemple ; peut être répété
    #[arg(long = "reading", value_name = "NOM=OPTION", help_heading = OPTIONS)]
    pub readings: Vec<String>,
    #[command(flatten)]
    pub seen: Seen,
    /// Le fichier à écrire ; à défaut la sortie standard
    #[arg(long, short, value_name = "FICHIER", help_heading = OPTIONS)]
    pub output: Option<PathBuf>,
    /// Forme : markdown, html ou docx ; à défaut celle que dit le nom du fichier à écrire, sinon markdown
    #[arg(long, value_name = "FORME", value_enum, hide_possible_values = true, help_heading = OPTIONS)]
    pub format: Option<PaperFormat>,
}
