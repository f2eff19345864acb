package org.sessionregistry.servers.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.WebSocketMessage;
import org.sessionregistry.WebSocketSession;
import org.sessionregistry.settings.SessionSettings;

/**
 * Cases in the groups that the Autobahn test suite has, against the echo of two independent servers
 * and against a scripted one. The table that it prints stands in docs/websocket.md.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceTest {
  /** What is done on an open WebSocket whose peer sends everything back. */
  @FunctionalInterface
  interface Act {
    void on(WebSocketSession socket) throws Exception;
  }

  record EchoCase(String group, String name, EchoServer.Make make, Act act) {
    @Override
    public String toString() {
      return group + " / " + name + " / " + make;
    }
  }

  /**
   * What a scripted peer sends, and what the listener hears of it.
   *
   * @param bytewise whether each byte is sent for itself
   * @param code the code of the close frame that the client has to send
   */
  record ScriptCase(
      String group,
      String name,
      String extension,
      boolean bytewise,
      String hex,
      List<String> heard,
      int code) {
    @Override
    public String toString() {
      return group + " / " + name;
    }
  }

  private static final String ECHO = "send, and get the same back";
  private static final String DEFLATE = "permessage-deflate";

  private final Map<String, Map<String, int[]>> results = new TreeMap<>();
  private final Map<EchoServer.Make, EchoServer> echoes = new LinkedHashMap<>();
  private SessionRegistry registry;

  @BeforeAll
  void start() throws Exception {
    registry =
        SessionRegistry.builder().session(SessionSettings.builder("conformance").build()).build();
    for (EchoServer.Make make : EchoServer.Make.values()) {
      echoes.put(make, make.start(null, true));
    }
  }

  @AfterAll
  void stop() throws Exception {
    assertThat(registry.session("conformance").statistics().inFlight()).isZero();
    registry.close();
    for (EchoServer server : echoes.values()) {
      server.close();
    }
    System.out.println("| group | against | cases | passed |\n| --- | --- | --- | --- |");
    results.forEach(
        (group, peers) ->
            peers.forEach(
                (peer, counts) ->
                    System.out.println(
                        "| " + group + " | " + peer + " | " + counts[0] + " | " + counts[1]
                            + " |")));
  }

  private int[] counts(String group, String peer) {
    return results
        .computeIfAbsent(group, g -> new TreeMap<>())
        .computeIfAbsent(peer, p -> new int[2]);
  }

  // ---- against independent servers -------------------------------------------------------------

  static Stream<EchoCase> echoCases() {
    List<EchoCase> cases = new ArrayList<>();
    for (EchoServer.Make make : EchoServer.Make.values()) {
      for (int size : new int[] {0, 125, 126, 127, 128, 65535, 65536}) {
        cases.add(
            new EchoCase("1 framing", "text of " + size, make, s -> text(s, "*".repeat(size))));
        cases.add(new EchoCase("1 framing", "bytes of " + size, make, s -> bytes(s, size)));
      }
      for (int size : new int[] {0, 1, 125}) {
        cases.add(
            new EchoCase(
                "2 pings and pongs",
                "ping of " + size,
                make,
                socket -> {
                  socket.ping(new byte[size]);
                  socket.pong(new byte[size]);
                  text(socket, "after");
                }));
      }
      cases.add(new EchoCase("5 fragments", "text in two", make, s -> fragments(s, 2, false)));
      cases.add(new EchoCase("5 fragments", "text in many", make, s -> fragments(s, 50, false)));
      cases.add(new EchoCase("5 fragments", "pings between", make, s -> fragments(s, 10, true)));
      for (String text :
          List.of(
              "Hello-µ@ßöäüàá-UTF-8!!",
              "κόσμε",
              "\0",
              "\u007F",
              "߿",
              "ࠀ",
              "\uFFFD",
              "\uFFFF",
              "𐀀",
              "\uDBFF\uDFFF",
              "퟿\uE000",
              "a\u0000b")) {
        cases.add(new EchoCase("6 UTF-8", text.codePointAt(0) + "…", make, s -> text(s, text)));
      }
      for (int code :
          new int[] {
            1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999
          }) {
        cases.add(
            new EchoCase(
                "7 closing",
                "code " + code,
                make,
                socket -> assertThat(socket.close(code, "").code()).isEqualTo(code)));
      }
      cases.add(
          new EchoCase(
              "7 closing",
              "longest reason",
              make,
              s -> assertThat(s.close(1000, "x".repeat(123)).code()).isEqualTo(1000)));
      for (int size : new int[] {64 << 10, 256 << 10, 1 << 20, 4 << 20}) {
        cases.add(
            new EchoCase("9 limits", "text of " + size, make, s -> text(s, "*".repeat(size))));
        cases.add(new EchoCase("9 limits", "bytes of " + size, make, s -> bytes(s, size)));
      }
      for (int size : new int[] {16, 64, 256, 1024, 4096, 8192, 16384, 32768, 65536, 131072}) {
        cases.add(
            new EchoCase(
                "12 compression",
                "100 texts of " + size,
                make,
                socket -> {
                  assertThat(socket.isCompressed()).isTrue();
                  for (int i = 0; i < 100; i++) {
                    text(socket, json(size, i));
                  }
                }));
      }
    }
    return cases.stream();
  }

  private static String json(int size, int seed) {
    StringBuilder text = new StringBuilder(size + 40);
    IntStream.iterate(seed, i -> text.length() < size, i -> i * 31 + 7)
        .forEach(i -> text.append("{\"id\":").append(i).append(",\"name\":\"order\"},"));
    return text.substring(0, size);
  }

  private static void text(WebSocketSession socket, String text) throws Exception {
    socket.sendTextAsync(text);
    assertThat(socket.receive()).as(ECHO).contains(new WebSocketMessage.Text(text));
  }

  private static void bytes(WebSocketSession socket, int size) throws Exception {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * i >> 3);
    }
    socket.sendBinaryAsync(java.nio.ByteBuffer.wrap(bytes));
    WebSocketMessage back = socket.receive().orElseThrow();
    assertThat(((WebSocketMessage.Binary) back).bytes()).as(ECHO).isEqualTo(bytes);
  }

  private static void fragments(WebSocketSession socket, int number, boolean pings)
      throws Exception {
    StringBuilder whole = new StringBuilder();
    for (int i = 0; i < number; i++) {
      String part = "fragment " + i + " é ";
      whole.append(part);
      socket.sendTextAsync(part, i == number - 1);
      if (pings) {
        socket.ping(new byte[] {(byte) i});
      }
    }
    assertThat(socket.receive()).contains(new WebSocketMessage.Text(whole.toString()));
  }

  @ParameterizedTest
  @MethodSource("echoCases")
  void againstAnIndependentServer(EchoCase given) throws Exception {
    int[] counts = counts(given.group, given.make == EchoServer.Make.JETTY ? "Jetty" : "Undertow");
    counts[0]++;
    String origin = echoes.get(given.make).origin();
    try (WebSocketSession socket =
        registry.session("conformance").webSocket(origin + "/echo").connect()) {
      given.act.on(socket);
      assertThat(socket.close(1000, "").code()).isGreaterThanOrEqualTo(1000).isNotEqualTo(1006);
    }
    counts[1]++;
  }

  // ---- against a scripted peer -----------------------------------------------------------------

  static Stream<ScriptCase> scriptCases() {
    List<ScriptCase> all = new ArrayList<>();
    String end = "8802 03E8";
    for (boolean bytewise : new boolean[] {false, true}) {
      String how = bytewise ? ", byte by byte" : "";
      all.add(good("1 framing", "text" + how, bytewise, "8105 48656C6C6F" + end, "text Hello"));
      all.add(good("1 framing", "empty text" + how, bytewise, "8100" + end, "text "));
      all.add(good("1 framing", "empty bytes" + how, bytewise, "8200" + end, "bytes "));
      all.add(
          good(
              "1 framing",
              "126 bytes" + how,
              bytewise,
              "827E 007E" + "07".repeat(126) + end,
              "bytes " + "07".repeat(126)));
      all.add(
          good(
              "2 pings and pongs",
              "ping, text" + how,
              bytewise,
              "8900 8103 616263" + end,
              "ping 0",
              "text abc"));
      all.add(
          good(
              "2 pings and pongs",
              "ping of 125" + how,
              bytewise,
              "897D" + "FE".repeat(125) + end,
              "ping 125"));
      all.add(
          good(
              "2 pings and pongs",
              "pong nobody asked for" + how,
              bytewise,
              "8A03 010203" + end,
              "pong 3"));
      all.add(
          good(
              "5 fragments",
              "two" + how,
              bytewise,
              "0102 6162 8001 63" + end,
              "text… ab",
              "text c"));
      all.add(
          good(
              "5 fragments",
              "ping between" + how,
              bytewise,
              "0101 61 8901 00 8001 62" + end,
              "text… a",
              "ping 1",
              "text b"));
      all.add(good("5 fragments", "empty ones" + how, bytewise, "0100 0000 8000" + end, "text "));
      all.add(
          good(
              "6 UTF-8",
              "κόσμε cut within characters" + how,
              bytewise,
              "0103 CEBAE1 0003 BDB9CF 8005 83CEBCCEB5" + end,
              "text… κ",
              "text… \u1F79",
              "text σμε"));
    }
    for (int rsv : new int[] {1, 2, 3, 4, 5, 6, 7}) {
      String head = Integer.toHexString(0x81 | rsv << 4);
      all.add(bad("3 reserved bits", "RSV " + rsv + " of text", head + "01 61", 1002));
      all.add(
          bad(
              "3 reserved bits",
              "RSV " + rsv + " of ping",
              Integer.toHexString(0x89 | rsv << 4) + "00",
              1002));
    }
    for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
      all.add(
          bad("4 opcodes", "opcode " + opcode, Integer.toHexString(0x80 | opcode) + "00", 1002));
    }
    all.add(bad("2 pings and pongs", "ping of 126", "897E 007E" + "00".repeat(126), 1002));
    all.add(bad("5 fragments", "continuation of nothing", "8001 61", 1002));
    all.add(bad("5 fragments", "text within text", "0101 61 8101 62", 1002));
    all.add(bad("5 fragments", "fragmented ping", "0901 61", 1002));
    for (String hex :
        List.of(
            "CEBAE1BDB9CF83CEBCCEB5EDA080656469746564",
            "F4908080",
            "F888808080",
            "FC8480808080",
            "80",
            "BF",
            "C0",
            "C0AF",
            "E080AF",
            "F08080AF",
            "C1BF",
            "E09FBF",
            "F08FBFBF",
            "EDA080",
            "EDAFBF",
            "EDB080",
            "EDBFBF",
            "FE",
            "FF",
            "CE",
            "E1BD",
            "F09080")) {
      String length = String.format("%02X", hex.length() / 2);
      all.add(bad("6 UTF-8", "invalid " + hex, "81" + length + hex, 1007));
    }
    all.add(bad("6 UTF-8", "failing fast", "0104 F4908080", 1007));
    for (int code :
        new int[] {
          1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000,
          4999
        }) {
      all.add(
          new ScriptCase(
              "7 closing",
              "code " + code,
              "",
              false,
              "8802" + String.format("%04X", code),
              List.of("open", "close " + code),
              code));
    }
    for (int code :
        new int[] {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535}) {
      all.add(bad("7 closing", "code " + code, "8802" + String.format("%04X", code), 1002));
    }
    all.add(
        new ScriptCase(
            "7 closing", "no code", "", false, "8800", List.of("open", "close 1005"), 1005));
    all.add(bad("7 closing", "half a code", "8801 03", 1002));
    all.add(bad("7 closing", "reason that is not UTF-8", "8804 03E8 CEFF", 1007));
    all.add(
        new ScriptCase(
            "7 closing",
            "text after the close",
            "",
            false,
            "8802 03E8 8101 61",
            List.of("open", "close 1000"),
            1000));
    all.add(bad("9 limits", "frame of 128 MiB", "827F 0000000008000000", 1009));
    // The examples of RFC 7692 section 7.2.3
    deflated(all, "one frame", "C107 F248CDC9C90700", "text Hello");
    deflated(all, "two fragments", "4103 F248CD 8004 C9C90700", "text… He", "text llo");
    deflated(all, "window kept", "C107 F248CDC9C90700 C105 F200110000", "text Hello", "text Hello");
    deflated(all, "no compression in the block", "C10B 000500FAFF48656C6C6F00", "text Hello");
    deflated(all, "last block marked", "C108 F348CDC9C9070000", "text Hello");
    deflated(all, "two blocks", "C10D F248050000 00FFFFCAC9C90700", "text Hello");
    deflated(all, "message not compressed", "8105 48656C6C6F", "text Hello");
    deflated(
        all, "ping within", "4103 F248CD 8900 8004 C9C90700", "text… He", "ping 0", "text llo");
    all.add(
        new ScriptCase(
            "13 compression terms",
            "window not kept",
            DEFLATE + "; server_no_context_takeover",
            false,
            "C107 F248CDC9C90700 C107 F248CDC9C90700" + end,
            List.of("open", "text Hello", "text Hello", "close 1000"),
            1000));
    all.add(
        new ScriptCase(
            "13 compression terms",
            "small window",
            DEFLATE + "; server_max_window_bits=9",
            false,
            "C107 F248CDC9C90700" + end,
            List.of("open", "text Hello", "close 1000"),
            1000));
    all.add(
        new ScriptCase(
            "13 compression terms",
            "not compressible",
            DEFLATE,
            false,
            "C102 FFFF",
            List.of("open", "failure WEB_SOCKET_PROTOCOL"),
            1007));
    return all.stream();
  }

  private static ScriptCase good(
      String group, String name, boolean bytewise, String hex, String... heard) {
    List<String> all = new ArrayList<>(List.of("open"));
    all.addAll(List.of(heard));
    all.add("close 1000");
    return new ScriptCase(group, name, "", bytewise, hex, all, 1000);
  }

  private static ScriptCase bad(String group, String name, String hex, int code) {
    String kind = code == 1009 ? "MESSAGE_TOO_LARGE" : "PROTOCOL";
    return new ScriptCase(group, name, "", false, hex, List.of("failure WEB_SOCKET_" + kind), code);
  }

  private static void deflated(List<ScriptCase> all, String name, String hex, String... heard) {
    ScriptCase plain = good("12 compression", name, false, hex + "8802 03E8", heard);
    all.add(new ScriptCase(plain.group, name, DEFLATE, false, plain.hex, plain.heard, plain.code));
  }

  @ParameterizedTest
  @MethodSource("scriptCases")
  void againstAScriptedPeer(ScriptCase given) throws Exception {
    int[] counts = counts(given.group, "scripted peer");
    counts[0]++;
    CompletableFuture<Integer> code = new CompletableFuture<>();
    try (RawServer server =
        new RawServer(
            peer -> {
              if (given.extension.isEmpty()) {
                peer.handshake();
              } else {
                peer.handshake("Sec-WebSocket-Extensions: " + given.extension);
              }
              byte[] bytes = RawServer.Connection.hex(given.hex);
              if (given.bytewise) {
                peer.socket.setTcpNoDelay(true);
                for (byte b : bytes) {
                  peer.send(b);
                }
              } else {
                peer.send(bytes);
              }
              code.complete(peer.readClose().code());
            })) {
      Recorder recorder = new Recorder(false);
      registry
          .session("conformance")
          .webSocket(server.origin())
          .compression(!given.extension.isEmpty())
          .connect(recorder);
      recorder.awaitEnd();
      assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(given.code);
      if (given.heard.get(0).equals("open")) {
        assertThat(recorder.heard).containsExactlyElementsOf(given.heard);
      } else {
        assertThat(recorder.heard).last().isEqualTo(given.heard.get(0));
      }
    }
    counts[1]++;
  }
}
