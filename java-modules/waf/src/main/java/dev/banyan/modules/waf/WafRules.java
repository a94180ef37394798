package dev.banyan.modules.waf;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The rules of {@code edge.waf_rules}, in its order.
 *
 * <p>Where the legacy repeats a choice ({@code (?:\s|%20)*}), the repetition here gives nothing
 * back: what may follow never starts like what is repeated, so that the answer is the same, and a
 * long run of blanks costs Java no stack.
 */
final class WafRules {
  /** What a rule looks at. */
  enum Target {
    URI,
    ARGS,
    HEADERS,
    BODY
  }

  /** A rule adds its score once, however often it matches. */
  record Rule(int id, Target target, int score, Pattern pattern) {}

  static final List<Rule> ALL =
      List.of(
          // 1xx: SQL injection
          rule(101, Target.ARGS, 6, "\\bunion\\b.{1,100}?\\bselect\\b"),
          rule(102, Target.ARGS, 5, "\\bselect\\b.{1,100}?\\bfrom\\b"),
          rule(103, Target.ARGS, 6, "(?:'|\")\\s*(?:or|and)\\s+(?:'|\"|\\d+)[^=]{0,10}="),
          rule(
              104,
              Target.ARGS,
              5,
              "\\b(?:insert\\s+into|delete\\s+from|drop\\s+(?:table|database)|truncate\\s+table)\\b"),
          rule(105, Target.ARGS, 5, "\\b(?:sleep|benchmark|pg_sleep|waitfor\\s+delay)\\s*\\(?"),
          rule(106, Target.ARGS, 4, "(?:--|#|/\\*!?)\\s*$"),
          rule(
              107,
              Target.ARGS,
              4,
              "\\b(?:information_schema|sysobjects|pg_catalog|sqlite_master)\\b"),
          rule(108, Target.ARGS, 5, "\\bload_file\\s*\\(|\\binto\\s+(?:out|dump)file\\b"),
          rule(109, Target.ARGS, 4, "\\b(?:concat|char|chr|ascii|substring)\\s*\\("),
          rule(110, Target.ARGS, 5, ";\\s*(?:select|insert|update|delete|drop|exec)\\b"),
          rule(111, Target.BODY, 6, "\\bunion\\b.{1,100}?\\bselect\\b"),
          rule(
              112,
              Target.BODY,
              6,
              "(?:'|\"|%27|%22)(?:\\s|\\+|%20)*+(?:or|and)(?:\\s|\\+|%20)++(?:'|\"|%27|\\d+)"),
          rule(113, Target.HEADERS, 6, "(?:'|\")\\s*(?:or|and)\\s+(?:'|\"|\\d+)\\s*="),
          rule(114, Target.URI, 5, "(?:%27|')(?:\\s|%20|\\+)*+(?:or|and|union)\\b"),
          // 2xx: cross-site scripting
          rule(201, Target.ARGS, 6, "<\\s*script\\b"),
          rule(202, Target.ARGS, 5, "\\bon(?:error|load|click|mouseover|focus|toggle)\\s*="),
          rule(203, Target.ARGS, 5, "javascript\\s*:"),
          rule(204, Target.ARGS, 4, "<\\s*(?:iframe|object|embed|svg|math|base|meta)\\b"),
          rule(205, Target.ARGS, 4, "\\b(?:document|window)\\s*\\.\\s*(?:cookie|location|write)"),
          rule(206, Target.ARGS, 4, "\\b(?:eval|settimeout|setinterval|function)\\s*\\("),
          rule(207, Target.ARGS, 3, "&#x?[0-9a-f]{2,6};?"),
          rule(208, Target.BODY, 6, "<\\s*script\\b|%3c\\s*script\\b"),
          rule(209, Target.BODY, 5, "\\bon(?:error|load|click)(?:\\s|%20)*+(?:=|%3d)"),
          rule(210, Target.HEADERS, 6, "<\\s*script\\b"),
          rule(211, Target.URI, 6, "(?:<|%3c)\\s*(?:script|svg|img)\\b"),
          rule(212, Target.ARGS, 4, "data:\\s*text/html"),
          rule(213, Target.ARGS, 3, "\\bexpression\\s*\\("),
          // 3xx: path traversal and file inclusion
          rule(301, Target.URI, 6, "(?:\\.\\.|%2e%2e)(?:/|\\\\|%2f|%5c)"),
          rule(302, Target.ARGS, 6, "(?:\\.\\./|\\.\\.\\\\){2}"),
          rule(303, Target.ARGS, 6, "/etc/(?:passwd|shadow|hosts|group)\\b"),
          rule(304, Target.URI, 5, "/\\.(?:git|svn|hg|env|htaccess|htpasswd|ssh|aws)(?:/|$)"),
          rule(305, Target.ARGS, 5, "\\b(?:php|phar|zip|expect|glob|file)://"),
          rule(306, Target.ARGS, 4, "\\b(?:boot\\.ini|win\\.ini|web\\.config)\\b"),
          rule(307, Target.URI, 4, "\\.(?:bak|old|orig|save|swp|sql|tar\\.gz|tgz)$"),
          rule(308, Target.URI, 5, "%00|\\x00"),
          rule(309, Target.ARGS, 5, "\\x00"),
          rule(310, Target.ARGS, 4, "^(?:https?|ftp)://\\d{1,3}(?:\\.\\d{1,3}){3}"),
          rule(311, Target.BODY, 5, "/etc/(?:passwd|shadow)\\b"),
          // 4xx: command injection
          rule(
              401,
              Target.ARGS,
              6,
              "[;|&`]\\s*(?:cat|ls|id|whoami|uname|wget|curl|nc|bash|sh|python|perl)\\b"),
          rule(402, Target.ARGS, 5, "\\$\\((?:[^)]{1,80})\\)"),
          rule(403, Target.ARGS, 5, "`[^`]{1,80}`"),
          rule(404, Target.ARGS, 6, "/bin/(?:ba|c|k|z)?sh\\b"),
          rule(405, Target.BODY, 6, "[;|&`](?:\\s|%20|\\+)*+(?:cat|id|whoami|wget|curl|bash)\\b"),
          rule(406, Target.HEADERS, 8, "\\(\\)\\s*\\{\\s*:?;?\\s*\\}\\s*;"),
          rule(407, Target.ARGS, 5, "\\bcmd(?:\\.exe)?\\s*/c\\b|\\bpowershell\\b"),
          rule(408, Target.ARGS, 4, ">\\s*/dev/(?:null|tcp|udp)"),
          // 5xx: code and template injection
          rule(501, Target.ARGS, 7, "\\$\\{\\s*(?:jndi|env|sys|lower|upper)\\s*:"),
          rule(502, Target.HEADERS, 8, "\\$\\{\\s*jndi\\s*:"),
          rule(503, Target.ARGS, 5, "\\{\\{.{1,80}?\\}\\}"),
          rule(504, Target.ARGS, 5, "<\\?(?:php|=)"),
          rule(505, Target.BODY, 6, "<\\?php\\b"),
          rule(506, Target.ARGS, 4, "\\b(?:system|passthru|shell_exec|proc_open|popen)\\s*\\("),
          rule(507, Target.ARGS, 4, "__(?:class|globals|import|proto)__"),
          rule(508, Target.BODY, 5, "\\bclass\\.module\\.classloader\\b"),
          rule(509, Target.BODY, 6, "<!(?:doctype|entity)\\b.{0,200}?\\bsystem\\b"),
          rule(510, Target.ARGS, 4, "\\bO:\\d{1,5}:\"[a-z_]"),
          rule(511, Target.BODY, 5, "\\brO0AB[A-Za-z0-9+/]|\\xac\\xed\\x00\\x05"),
          // 6xx: protocol and tools
          rule(601, Target.ARGS, 5, "(?:\\r|\\n)\\s*(?:set-cookie|location|content-type)\\s*:"),
          rule(602, Target.HEADERS, 4, "(?:sqlmap|nikto|nessus|acunetix|burp|wpscan)"),
          rule(603, Target.URI, 3, "/(?:wp-admin|wp-login|phpmyadmin|adminer|cgi-bin)(?:/|\\.|$)"),
          rule(604, Target.ARGS, 3, ".{2048}"),
          rule(605, Target.HEADERS, 3, ".{4096}"),
          rule(606, Target.URI, 3, "[^\\x20-\\x7e]{4}"),
          rule(607, Target.HEADERS, 4, "multipart/form-data.*boundary=.{100}"),
          rule(608, Target.URI, 4, ";jsessionid=[^;/?]{100}"));

  private WafRules() {}

  /** PCRE's "i" with its line ends: only a newline ends a line. */
  private static Rule rule(int id, Target target, int score, String pattern) {
    return new Rule(
        id, target, score, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNIX_LINES));
  }
}
