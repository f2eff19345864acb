package org.sessionregistry.servers.compression;

/** Servers that compress with code of their own, and the coding that they choose. */
enum Compressor {
  JETTY_GZIP("gzip"),
  UNDERTOW_GZIP("gzip"),
  UNDERTOW_DEFLATE("deflate");

  final String coding;

  Compressor(String coding) {
    this.coding = coding;
  }

  CompressingServer start() throws Exception {
    return this == JETTY_GZIP ? new CompressingJetty() : new CompressingUndertow(coding);
  }
}
