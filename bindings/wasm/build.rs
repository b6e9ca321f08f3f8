//! Room for recursions as deep as texts may have them: what `parallel::STACK` gives a thread elsewhere.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-link-arg-cdylib=-zstack-size=8388608");
}
