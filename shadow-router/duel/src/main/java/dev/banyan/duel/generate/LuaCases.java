package dev.banyan.duel.generate;

import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.OriginAnswer;
import dev.banyan.duel.suite.Request;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Owned by one generation: each pattern and word of the Lua where it may be looked for, hit and
 * nearly hit. Where a call or table says {@code "args"}, {@code "uri"}, {@code "headers"} or {@code
 * "body"} beside the pattern, it is put there only.
 */
final class LuaCases {
  /**
   * Hosts that each hit is tried at: what is done about it, or before it, is a host's own affair.
   */
  private static final int HOSTS = 4;

  /** Where a text may be put. */
  private enum Place {
    ARGS,
    URI,
    USER_AGENT,
    REFERER,
    BODY,
    COOKIE,
    AUTHORIZATION,
    CLIENT,
    LOCATION,
    SET_COOKIE,
    CONTENT
  }

  private final Draft draft;
  private final Random random;
  private final List<String> hosts;
  private final Survey survey;

  LuaCases(Draft draft, Random random, List<String> hosts, Survey survey) {
    this.draft = draft;
    this.random = random;
    this.hosts = hosts;
    this.survey = survey;
  }

  void all() {
    for (Literal literal : survey.literals()) {
      if (literal.isPattern()) {
        pattern(literal);
      } else if (literal.isPath()) {
        LocationCases.around(literal.text()).forEach(path -> plain("path " + path, path, literal));
      } else if (literal.isWord()) {
        for (int i = 0; i < HOSTS; i++) {
          word(literal.text(), literal.source());
        }
        word(literal.text() + "x", literal.source());
      }
    }
    survey.headers().stream().sorted().forEach(this::header);
    survey.cookies().stream().sorted().forEach(this::cookie);
  }

  private String host() {
    return hosts.get(random.nextInt(hosts.size()));
  }

  private void plain(String title, String path, Literal literal) {
    draft.add("path", title, literal.source(), draft.browser("GET", Octets.path(path), host()));
  }

  private void pattern(Literal literal) {
    Samples samples = Samples.of(literal.text(), random);
    Set<Place> places = places(literal);
    boolean told = places.size() <= 2;
    for (Place place : places) {
      for (int i = 0; i < HOSTS; i++) {
        samples.hits().forEach(hit -> put(place, "hit", hit, literal));
      }
      for (int i = 0; i < (told ? HOSTS : 1); i++) {
        samples.misses().forEach(miss -> put(place, "missed", miss, literal));
      }
    }
  }

  private static Set<Place> places(Literal literal) {
    Set<Place> told = new LinkedHashSet<>();
    for (String sibling : literal.siblings()) {
      switch (sibling.toLowerCase(Locale.ROOT)) {
        case "args", "arguments", "query" -> told.add(Place.ARGS);
        case "uri", "path", "url" -> told.add(Place.URI);
        case "headers", "header" -> told.addAll(List.of(Place.USER_AGENT, Place.REFERER));
        case "body" -> told.add(Place.BODY);
        case "cookie", "cookies" -> told.add(Place.COOKIE);
        default -> {
          // says nothing about the place
        }
      }
    }
    return told.isEmpty() ? new LinkedHashSet<>(List.of(Place.values())) : told;
  }

  private void put(Place place, String how, String text, Literal literal) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
    String title = how + " " + place.name().toLowerCase(Locale.ROOT) + " " + shown;
    Request page = draft.browser("GET", "/duel/page", host());
    String value = Octets.field(text);
    switch (place) {
      case ARGS -> add(title, literal, page.withTarget("/duel/page?q=" + Octets.argument(text)));
      case URI -> add(title, literal, page.withTarget(Octets.path(text)));
      case USER_AGENT -> add(title, literal, Draft.replaced(page, "User-Agent", value));
      case REFERER -> add(title, literal, page.with("Referer", value));
      case BODY ->
          add(
              title,
              literal,
              page.withMethod("POST").with("Content-Type", "text/plain").withBody(text));
      case COOKIE -> add(title, literal, page.with("Cookie", "a=" + value));
      case AUTHORIZATION ->
          add(
              title,
              literal,
              page.with("Authorization", random.nextBoolean() ? value : "Bearer " + value));
      case CLIENT -> add(title, literal, draft.from(value, page));
      case LOCATION -> answered(title, literal, page, 302, new Field("Location", value), "");
      case SET_COOKIE ->
          answered(title, literal, page, 200, new Field("Set-Cookie", "a=b" + value), "");
      case CONTENT ->
          answered(title, literal, page, 200, new Field("X-Content", "1"), "<p>" + text + "</p>");
    }
  }

  private void add(String title, Literal literal, Request request) {
    draft.add("pattern", title, literal.source(), request);
  }

  private void answered(
      String title, Literal literal, Request request, int status, Field field, String body) {
    List<Field> fields = new ArrayList<>(List.of(new Field("Content-Type", "text/html")));
    fields.add(field);
    draft.add("pattern", title, literal.source(), request, OriginAnswer.of(status, fields, body));
  }

  /** A word may be the name of an argument, or of a field of the request or the answer. */
  private void word(String word, String source) {
    String query = "/duel/page?before=1&" + word + "=2&after=3";
    draft.add("word", "argument " + word, source, draft.browser("GET", query, host()));
    if (word.matches("[A-Za-z][A-Za-z0-9-]*") && !isFraming(word)) {
      Request request = draft.browser("GET", "/duel/page", host());
      draft.add("word", "field " + word, source, Draft.replaced(request, word, "duel"));
      draft.add(
          "word",
          "answer's field " + word,
          source,
          draft.browser("GET", "/duel/page", host()),
          OriginAnswer.of(
              200,
              List.of(new Field("Content-Type", "text/html"), new Field(word, "from-origin")),
              "<p>x</p>"));
    }
  }

  private static boolean isFraming(String name) {
    return name.matches(
        "(?i)content-length|transfer-encoding|connection|upgrade|host|te|trailer|expect|keep-alive|content-type");
  }

  private void header(String name) {
    if (isFraming(name)) {
      return;
    }
    for (String value : List.of("", "a", "a, b", "x".repeat(300), "%41;=\"q\"")) {
      Request request = draft.browser("GET", "/duel/page", host());
      draft.add("field", "field " + name, "ngx.var", Draft.replaced(request, name, value));
    }
    Request twice = draft.browser("GET", "/duel/page", host());
    draft.add(
        "field", "field " + name + " twice", "ngx.var", twice.with(name, "one").with(name, "two"));
  }

  private void cookie(String name) {
    for (String value : List.of("", "a", "a.b.c", "x".repeat(200))) {
      Request request =
          draft
              .browser("GET", "/duel/page", host())
              .with("Cookie", "other=1; " + name + "=" + value);
      draft.add("field", "cookie " + name, "ngx.var", request);
    }
  }
}
