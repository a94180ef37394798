package dev.banyan.gateway;

import dev.banyan.api.Headers;
import org.jspecify.annotations.Nullable;

/** What a subrequest starts with. */
record SubrequestPlan(
    String method,
    String uri,
    String args,
    Headers headers,
    BodyPlan body,
    Cells cells,
    @Nullable Object luaState) {

  /** Where a subrequest's body comes from. */
  @FunctionalInterface
  interface BodyPlan {
    /** The parent's own body. */
    BodyPlan INHERIT = (request, parent) -> parent;

    /** None that Lua may ask for or replace: for it, this request has read no body. */
    BodyPlan UNREAD = (request, parent) -> RequestBody.unread(request);

    /** The body of {@code request}, given its parent's. */
    RequestBody of(Request request, RequestBody parent);

    /** None, behind a head that has announced so many octets; -1 where it has not. */
    static BodyPlan withheld(long announced) {
      return (request, parent) -> RequestBody.withheld(request, announced);
    }

    /** These bytes. */
    static BodyPlan bytes(byte[] body) {
      return (request, parent) -> RequestBody.of(request, body);
    }
  }
}
