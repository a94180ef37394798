package dev.banyan.gateway;

import dev.banyan.nginx.BodyFilterSettings;
import dev.banyan.nginx.CharsetTable;
import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.LocationSettings;
import dev.banyan.nginx.Recoding;
import dev.banyan.nginx.script.LuaHandler;
import org.jspecify.annotations.Nullable;

/** The header filters in nginx's order; each puts its body filter in place. */
final class HeaderFilters {
  private HeaderFilters() {}

  static void apply(Request r, Response response) {
    LocationSettings settings = r.location().settings();
    MoreHeaders more = MoreHeaders.of(r, settings.headerRules());
    SliceFilter.prepare(r);
    String whole = SliceFilter.wanted(r) ? response.headers().first("Content-Length") : null;
    if (r.isMain()) {
      NotModifiedFilter.apply(r);
    }
    if (more != null) {
      more.apply(r);
    }
    LuaHandler header = settings.handlers().headerFilter();
    if (header != null && !r.headerFilterRan()) {
      r.headerFilterRan(true);
      LuaPhases.headerFilter(r, header);
    }
    if (r.srcache() != null) {
      SrcacheStore.prepare(r);
    }
    String function = XssFilter.function(r, settings.xss());
    if (function != null) {
      XssFilter.prepare(response, settings.xss());
    }
    if (EchoFilter.wanted(r, settings.echo())) {
      EchoFilter.prepare(response);
    }
    if (RecodingFilter.wanted(r, settings.recoding())) {
      response.places().forgetLength();
    }
    if (r.isMain()) {
      AddedHeaders.apply(r, settings.headers());
      UserId.apply(r);
    }
    if (r.isMain() && noBody(response.status())) {
      response.headerOnly(true);
    }
    bodyFilters(r, response, settings, whole, function);
    if (r.isMain()) {
      AddedHeaders.expectTrailers(r, settings.headers());
    }
    if (r.isMain()
        && response.status() == HttpStatus.NO_CONTENT
        && response.statusLine().isEmpty()) { // nginx leaves what comes with an origin's alone
      response.headers().remove("Content-Type");
      if (!response.places().lengthListed()) {
        response.headers().remove("Content-Length");
      }
      if (response.places().datedAsFile()) {
        response.headers().remove("Last-Modified");
      }
    }
  }

  private static boolean noBody(int status) {
    return status == HttpStatus.NO_CONTENT || status == HttpStatus.NOT_MODIFIED;
  }

  private static void bodyFilters(
      Request r,
      Response response,
      LocationSettings settings,
      @Nullable String whole,
      @Nullable String function) {
    BodyFilterSettings body = settings.bodyFilters();
    boolean unzips = GunzipFilter.wanted(r, settings.gzip());
    if (unzips) {
      GunzipFilter.prepare(response);
    }
    boolean frames = AdditionFilter.wanted(r, settings.addition());
    if (frames) {
      AdditionFilter.prepare(response);
    }
    boolean substitutes = SubFilter.wanted(r, body);
    if (substitutes) {
      SubFilter.prepare(r, body);
    }
    CharsetTable charset = Charset.apply(r, body);
    boolean includes = SsiFilter.wanted(r, settings.includes());
    if (includes) {
      SsiFilter.prepare(r, settings.includes());
    }
    boolean zips = r.isMain() && GzipFilter.wanted(r, settings.gzip());
    if (zips) {
      GzipFilter.prepare(r);
    }
    RangeFilter range = r.isMain() ? RangeFilter.prepare(r) : null;
    if (response.headerOnly() || r.method().equals("HEAD")) {
      return;
    }
    if (zips) {
      response.prepend(new GzipFilter(response, settings.gzip().level(), response.firstFilter()));
    }
    if (includes
        || (r.location().content() instanceof ContentHandler.Echo echo && echo.subrequests())) {
      response.postpone(new PostponedOutput(r, response.firstFilter()));
    }
    if (frames) {
      response.prepend(new AdditionFilter(r, settings.addition(), response.firstFilter()));
    }
    if (includes) {
      response.prepend(new SsiFilter(r, response.firstFilter()));
    }
    if (whole != null) {
      response.prepend(SliceFilter.of(r, Octets.decimal(whole), range, response.firstFilter()));
    }
    if (charset != null) {
      response.prepend(new CharsetFilter(charset, response.firstFilter()));
    }
    if (substitutes) {
      response.prepend(SubFilter.of(r, body, response.firstFilter()));
    }
    if (unzips) {
      response.prepend(new GunzipFilter(r, response.firstFilter()));
    }
    Recoding recoding = settings.recoding();
    if (recoding != null && RecodingFilter.wanted(r, recoding)) {
      response.prepend(new RecodingFilter(r, recoding, response.firstFilter()));
    }
    if (EchoFilter.wanted(r, settings.echo())) {
      response.prepend(new EchoFilter(r, settings.echo(), response.firstFilter()));
    }
    if (function != null) {
      response.prepend(new XssFilter(function, response.firstFilter()));
    }
    Srcache srcache = r.srcache();
    if (srcache != null && srcache.isStoring()) {
      response.prepend(new SrcacheStore(r, srcache, response.firstFilter()));
    }
    LuaHandler lua = settings.handlers().bodyFilter();
    if (lua != null) {
      response.prepend(new LuaBodyFilter(r, lua, response.firstFilter()));
    }
    Slices slices = r.slices();
    if (slices != null) {
      response.prepend(new SlicePart(slices, response.firstFilter()));
    } else if (range != null) {
      response.prepend(range.before(response.firstFilter()));
    }
    if (response.sink() instanceof TurnSink place && place.stub() != null) {
      response.prepend(new StubFilter(place.stub(), response.firstFilter()));
    }
  }
}
