// Loaded into a child with --import: when its parent is gone, even by kill -9, the channel closes.
process.on("disconnect", () => process.exit(1));
process.channel?.unref();
