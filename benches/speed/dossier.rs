//! The dossiers that are decided: complete, of so many members.

use std::fmt::Write as _;

/// A complete dossier of so many members in JSON, as a program would send it. Its readings are left
/// to the command; one member in seven is employed.
pub fn json(members: usize) -> String {
    let mut list = String::new();
    for member in 0..members {
        let practice = if member % 7 == 6 {
            "salarié"
        } else if member % 3 == 2 {
            "mixte"
        } else {
            "libéral"
        };
        let comma = if member == 0 { "" } else { "," };
        let _ = write!(list, "{comma}{{\"RPPS\":\"1{member:010}\",\"exercice\":\"{practice}\"}}");
    }
    let doctors = members * 2 + 10;
    format!(
        r#"{{"dispositif":"ess","dossier":"ESS Cardiologie des Landes","examiné le":"2025-10-01","spécialité":"cardiologie","objet du projet":"spécialité","territoire":{{"continu":"oui","échelon":"départemental","déjà couvert":"non","autres ESS présentes":"oui","médecins":{doctors},"médecins libéraux":{}}},"adhérents":[{list}],"circonstances exceptionnelles":"non","collaboration":{{"CPTS":"oui","autres ESS":"oui","DAC":"oui","hospitaliers":"oui","liens formalisés avec les établissements":"oui"}},"lettre d'intention":{{"reçue le":"2025-02-03"}},"contrat":{{"signé le":"2025-03-10"}},"projet de santé":{{"déposé le":"2025-09-10","parcours":"oui","structuration du second recours":"oui","point de contact des médecins traitants":"oui","avis spécialisé ponctuel":"oui","égal accès aux soins":"oui","consultations avancées":"oui"}},"consultations avancées":{{"demi-journées":12}}}}"#,
        doctors - 2
    )
}
