package org.sessionregistry.transport;

/** Two certificates that anybody may know, valid for a hundred years. */
final class TestCertificates {
  static final String A =
      """
      -----BEGIN CERTIFICATE-----
      MIIBjTCCATOgAwIBAgIUYNkyWoviTd1H3PJ2E0QGnQ65FzcwCgYIKoZIzj0EAwIw
      GzEZMBcGA1UEAwwQVGVzdCBhdXRob3JpdHkgYTAgFw0yNjExMjMxNzQ1MDZaGA8y
      MTI2MTAzMDE3NDUwNlowGzEZMBcGA1UEAwwQVGVzdCBhdXRob3JpdHkgYTBZMBMG
      ByqGSM49AgEGCCqGSM49AwEHA0IABO6T3rPG2AnQcympIQj0/WbdL0hAyyvJKKDN
      RxBRRXYjLr5+1UtHH/WhTV6x95cINqD7Tg3fGuLsrxDW/MVavOajUzBRMB0GA1Ud
      DgQWBBRe8hHt93UzoQFs1KUPZveFBth3QjAfBgNVHSMEGDAWgBRe8hHt93UzoQFs
      1KUPZveFBth3QjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIDd3
      pRzbXZROojEBmldeN35ed2QzbHc/WZNCoF+5c8M3AiEAyDhcPPIlEUrDda2iRy2W
      IS4x/IDLO540vvYeOiFhiZw=
      -----END CERTIFICATE-----
      """;

  static final String B =
      """
      -----BEGIN CERTIFICATE-----
      MIIBjTCCATOgAwIBAgIUJrJ9oilPAO95xZYJSwI/ON4S5SgwCgYIKoZIzj0EAwIw
      GzEZMBcGA1UEAwwQVGVzdCBhdXRob3JpdHkgYjAgFw0yNjExMjMxNzQ1MDZaGA8y
      MTI2MTAzMDE3NDUwNlowGzEZMBcGA1UEAwwQVGVzdCBhdXRob3JpdHkgYjBZMBMG
      ByqGSM49AgEGCCqGSM49AwEHA0IABGuzgdvpET8rrhQl1LXiMZh2aHKtGOm5e0bg
      2smquW10Qt+YwxLY/AWN+iqqBbNlX4f8mUd3rFle+xDQsR2USVWjUzBRMB0GA1Ud
      DgQWBBS148osasXZdBCp+bfdxOcINMNqRzAfBgNVHSMEGDAWgBS148osasXZdBCp
      +bfdxOcINMNqRzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIDo7
      AzwqVaTsHRsHSDxmCRlWSji+rOr4HccnBlvtR3EFAiEAuvudR4NZ9zJcQpcp/PPO
      LzTFU3SGFQhEMwyHVgwLRIE=
      -----END CERTIFICATE-----
      """;

  private TestCertificates() {}
}
