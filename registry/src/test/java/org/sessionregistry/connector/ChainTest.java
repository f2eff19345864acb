package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sessionregistry.connector.Chain.Link;

class ChainTest {
  private final Chain<Integer> chain = new Chain<>();

  private Link<Integer> add(int element) {
    Link<Integer> link = new Link<>(element);
    chain.addLast(link);
    return link;
  }

  private List<Integer> elements() {
    List<Integer> elements = new ArrayList<>();
    chain.forEach(elements::add);
    return elements;
  }

  @Test
  void anEmptyChainHasNoEnds() {
    assertThat(chain.isEmpty()).isTrue();
    assertThat(chain.first()).isNull();
    assertThat(chain.last()).isNull();
    assertThat(chain.size()).isZero();
  }

  @Test
  void elementsStandInTheOrderInWhichTheyCame() {
    add(1);
    add(2);
    add(3);

    assertThat(elements()).containsExactly(1, 2, 3);
  }

  @Test
  void anElementLeavesFromTheMiddle() {
    add(1);
    Link<Integer> middle = add(2);
    add(3);

    chain.remove(middle);

    assertThat(elements()).containsExactly(1, 3);
  }

  @Test
  void anElementThatLeftMayComeAgainAtTheEnd() {
    Link<Integer> first = add(1);
    add(2);

    chain.remove(first);
    chain.addLast(first);

    assertThat(elements()).containsExactly(2, 1);
  }

  @Test
  void anElementIsNotInTwoPlaces() {
    Link<Integer> link = add(1);

    assertThatIllegalStateException().isThrownBy(() -> chain.addLast(link));
  }

  @Test
  void anElementLeavesOnce() {
    Link<Integer> link = add(1);
    chain.remove(link);

    assertThatIllegalStateException().isThrownBy(() -> chain.remove(link));
  }

  @Test
  void itBehavesLikeAList() {
    Random random = new Random(1);
    List<Link<Integer>> links = new ArrayList<>();
    List<Integer> model = new ArrayList<>();
    for (int step = 0; step < 10_000; step++) {
      if (model.isEmpty() || random.nextInt(100) < 52) {
        links.add(add(step));
        model.add(step);
      } else {
        int index = random.nextInt(model.size());
        chain.remove(links.remove(index));
        model.remove(index);
      }
      assertThat(chain.size()).isEqualTo(model.size());
      assertThat(chain.isEmpty()).isEqualTo(model.isEmpty());
      assertThat(chain.first()).isEqualTo(model.isEmpty() ? null : model.get(0));
      assertThat(chain.last()).isEqualTo(model.isEmpty() ? null : model.get(model.size() - 1));
      if (step % 100 == 0) {
        assertThat(elements()).isEqualTo(model);
      }
    }
  }
}
