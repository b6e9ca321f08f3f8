//! The parts of the file that are the same for every document, but for its language and its name.

use super::xml::Xml;
use crate::render::Lang;

pub(super) const CONTENT_TYPES: &str = "\
<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>
<Default Extension=\"xml\" ContentType=\"application/xml\"/>
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>
<Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>
<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>
<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>
<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>
</Types>
";

pub(super) const RELATIONSHIPS: &str = "\
<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>
</Relationships>
";

/// All lead to parts of the file itself.
pub(super) const DOCUMENT_RELATIONSHIPS: &str = "\
<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering\" Target=\"numbering.xml\"/>
<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/>
<Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/>
</Relationships>
";

pub(super) const NUMBERING: &str = include_str!("numbering.xml");

/// As a word processor of today lays out: without it, Word opens the file as one of an old version.
pub(super) const SETTINGS: &str = "\
<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>
<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">
<w:zoom w:percent=\"100\"/>
<w:defaultTabStop w:val=\"708\"/>
<w:characterSpacingControl w:val=\"doNotCompress\"/>
<w:compat>
<w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>
</w:compat>
</w:settings>
";

/// « 1 / 4 ».
pub(super) const FOOTER: &str = "\
<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>
<w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
<w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>\
<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>\
<w:r><w:t xml:space=\"preserve\"> / </w:t></w:r>\
<w:fldSimple w:instr=\" NUMPAGES \"><w:r><w:t>1</w:t></w:r></w:fldSimple>\
</w:p></w:ftr>
";

/// The styles, in French as they stand; a letter is of larger type, its headings of the same and without a rule.
pub(super) fn styles(lang: Lang, letter: bool) -> String {
    let styles = include_str!("styles.xml").replace("fr-FR", tag(lang));
    if !letter {
        return styles;
    }
    let size =
        |half_points: &str| format!("<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>");
    let mut styles = styles.replace(RULE, "");
    for (page, letter) in [("20", "22"), ("24", "22"), ("27", "24")] {
        styles = styles.replace(&size(page), &size(letter));
    }
    styles
}

/// The rule under a heading.
const RULE: &str =
    "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"2\" w:color=\"8A8A8A\"/></w:pBdr>";

/// What the file says of itself: its title and its language; no author, no day.
pub(super) fn properties(title: &str, lang: Lang) -> String {
    let mut xml = Xml::new(lang);
    xml.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ],
    );
    xml.open("dc:title", &[]);
    xml.words(title);
    xml.close("dc:title");
    xml.open("dc:language", &[]);
    xml.kept(tag(lang));
    xml.close("dc:language");
    xml.close("cp:coreProperties");
    xml.finish()
}

fn tag(lang: Lang) -> &'static str {
    lang.pick("fr-FR", "en-GB")
}
