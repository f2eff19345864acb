package org.sessionregistry.servers.httpclient;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** A request at a server, and its answer. */
interface Call {
  String method();

  String path();

  List<String> headers(String name);

  /** Which connection it came on. */
  String connection();

  String version();

  InputStream body();

  Call status(int code);

  Call header(String name, String value);

  OutputStream output();
}
