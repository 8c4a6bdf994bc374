// Loaded into Next with --import: when its parent is gone, even by kill -9, the channel closes. Next's
// own children inherit the option, and so end with Next.
process.on("disconnect", () => process.exit(1));
