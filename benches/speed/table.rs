//! The ratios, from what criterion has just written down.

use std::path::{Path, PathBuf};

/// Prints the ratios to the native function.
pub fn print() {
    let Some(folder) = folder() else { return };
    let time = |group: &str, name: &str| median(&folder.join(group).join(name));
    println!("\nRatios to the native function (medians of this run, or of the last that measured it)\n");
    let rows = [
        ("in memory", "outcome and amounts", Some(6.0)),
        ("in memory", "explained", None),
        ("JSON to JSON", "outcome and amounts", Some(2.0)),
        ("JSON to JSON", "explained", Some(8.0)),
        ("JSON to JSON", "reading only", None),
    ];
    for (group, name, aim) in rows {
        let (Some(own), Some(native)) = (time(group, name), time(group, "native")) else { continue };
        let aim = aim.map_or(String::new(), |aim| format!("  (aim: {aim:.0} at most)"));
        println!("  {group:<14}{name:<22}{:>10.2} µs {:>8.2} ×{aim}", own / 1e3, own / native);
    }
    if let Some(native) = time("in memory", "native") {
        println!("  in memory     native                {:>10.2} µs", native / 1e3);
    }
    if let Some(native) = time("JSON to JSON", "native") {
        println!("  JSON to JSON  native                {:>10.2} µs", native / 1e3);
    }
    if let Some(loaded) = time("policy", "read and check") {
        println!("  ess.pol read and checked            {:>10.2} ms           (aim: 3 at most)", loaded / 1e6);
    }
    for (group, sizes) in
        [("by copies of the criteria", [1, 10, 100, 1_000]), ("by members", [10, 100, 1_000, 10_000])]
    {
        println!("\n  {group}, µs and µs a unit");
        for name in ["native", "reading only", "outcome and amounts", "explained"] {
            let cells: Vec<String> = sizes
                .iter()
                .filter_map(|size| {
                    let time = median(&folder.join(group).join(name).join(size.to_string()))? / 1e3;
                    Some(format!("{size}: {time:.2} ({:.4})", time / f64::from(*size)))
                })
                .collect();
            if !cells.is_empty() {
                println!("    {name:<22}{}", cells.join("   "));
            }
        }
    }
}

/// Where criterion writes: `target/criterion`.
fn folder() -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let target = own.ancestors().find(|folder| folder.join("CACHEDIR.TAG").exists())?;
    Some(target.join("criterion"))
}

/// The median of a measure, in nanoseconds.
fn median(of: &Path) -> Option<f64> {
    let text = std::fs::read_to_string(of.join("new").join("estimates.json")).ok()?;
    let estimates: serde_json::Value = serde_json::from_str(&text).ok()?;
    estimates.get("median")?.get("point_estimate")?.as_f64()
}
