//! Compiles how the C library's allocator is set and links that into the program and what measures
//! it. The library has no part in it: that choice is its user's.

fn main() {
    println!("cargo:rerun-if-changed=src/allocator.c");
    let objects = cc::Build::new()
        .file("src/allocator.c")
        .compile_intermediates();
    for object in objects {
        for kind in ["bins", "examples", "benches"] {
            println!("cargo:rustc-link-arg-{kind}={}", object.display());
        }
    }
}
