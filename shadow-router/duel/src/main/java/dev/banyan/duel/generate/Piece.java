package dev.banyan.duel.generate;

import java.util.List;
import java.util.Random;

/** A part of a regex, as far as it says which texts it takes. */
sealed interface Piece {
  /** Repetitions that are written without an upper bound get so many more. */
  int OPEN = 3;

  /** How often what may be repeated is. */
  enum Extent {
    LEAST,
    ANY,
    MOST
  }

  /** Adds a text that this piece takes. */
  void write(StringBuilder out, Way way);

  /** The most alternatives that one place in it has. */
  int alternatives();

  /**
   * How a text is made.
   *
   * @param turn which alternative is taken where there are several; negative for any
   */
  record Way(Random random, Extent extent, int turn) {
    int below(int bound) {
      return random.nextInt(bound);
    }
  }

  /** One octet of some. */
  record OneOf(String octets) implements Piece {
    @Override
    public void write(StringBuilder out, Way way) {
      if (!octets.isEmpty()) {
        out.append(octets.charAt(way.below(octets.length())));
      }
    }

    @Override
    public int alternatives() {
      return 1;
    }
  }

  /** One after the other. */
  record Sequence(List<Piece> pieces) implements Piece {
    @Override
    public void write(StringBuilder out, Way way) {
      pieces.forEach(piece -> piece.write(out, way));
    }

    @Override
    public int alternatives() {
      return pieces.stream().mapToInt(Piece::alternatives).max().orElse(1);
    }
  }

  /** One of several. */
  record Choice(List<Piece> pieces) implements Piece {
    @Override
    public void write(StringBuilder out, Way way) {
      int index = way.turn() < 0 ? way.below(pieces.size()) : way.turn() % pieces.size();
      pieces.get(index).write(out, way);
    }

    @Override
    public int alternatives() {
      int inside = pieces.stream().mapToInt(Piece::alternatives).max().orElse(1);
      return Math.max(pieces.size(), inside);
    }
  }

  /** Something several times; {@code most} is negative without a bound. */
  record Repeat(Piece piece, int least, int most) implements Piece {
    private static final int USUAL = 12;

    @Override
    public void write(StringBuilder out, Way way) {
      int top = most < 0 ? least + OPEN : most;
      int count =
          switch (way.extent()) {
            case LEAST -> least;
            case ANY -> least + way.below(Math.min(top - least, USUAL) + 1);
            case MOST -> top;
          };
      for (int i = 0; i < count; i++) {
        piece.write(out, way);
      }
    }

    @Override
    public int alternatives() {
      return piece.alternatives();
    }
  }
}
