package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Headers;
import org.junit.jupiter.api.Test;

class HeadFollowingTest {
  private static Headers head(String... fields) {
    Headers head = new Headers();
    for (int i = 0; i < fields.length; i += 2) {
      head.add(fields[i], fields[i + 1]);
    }
    return head;
  }

  @Test
  void whereBothSidesAgreeTheServersChangeIsTakenAsItIs() {
    Headers lua = head("A", "1", "B", "2");
    Headers server = head("B", "2", "C", "3", "A", "9");
    assertThat(HeadFollowing.of(lua.copy(), lua, server)).hasToString(server.toString());
  }

  @Test
  void whatOnlyPortsHaveChangedStaysAndWhatTheServerHasChangedIsItsOwn() {
    Headers lua = head("A", "1", "B", "2");
    Headers ports = head("A", "one", "B", "two", "D", "4");
    Headers server = head("A", "1", "B", "3", "C", "5");
    assertThat(HeadFollowing.of(ports, lua, server))
        .hasToString(head("A", "one", "B", "3", "C", "5", "D", "4").toString());
  }

  @Test
  void aFieldThatOnlyLuaHasSetStaysAway() {
    Headers lua = head("A", "1", "Glue", "x");
    assertThat(HeadFollowing.of(head("A", "1"), lua, head("Glue", "x", "A", "1", "Date", "now")))
        .hasToString(head("A", "1", "Date", "now").toString());
  }

  @Test
  void severalValuesOfOneNameKeepTheirOrder() {
    Headers lua = head("V", "1", "V", "2");
    Headers ports = head("V", "2", "V", "1");
    assertThat(HeadFollowing.of(ports, lua, head("V", "1", "V", "2", "Date", "now")).all("v"))
        .containsExactly("2", "1");
  }
}
