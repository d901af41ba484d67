package io.emucxl.proof;

import com.google.common.collect.testing.ListTestSuiteBuilder;
import com.google.common.collect.testing.MapTestSuiteBuilder;
import com.google.common.collect.testing.SampleElements;
import com.google.common.collect.testing.SetTestSuiteBuilder;
import com.google.common.collect.testing.TestListGenerator;
import com.google.common.collect.testing.TestMapGenerator;
import com.google.common.collect.testing.TestSetGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.ListFeature;
import com.google.common.collect.testing.features.MapFeature;
import gnu.trove.decorator.TLongListDecorator;
import gnu.trove.decorator.TLongLongMapDecorator;
import gnu.trove.decorator.TLongSetDecorator;
import gnu.trove.list.array.TLongArrayList;
import gnu.trove.map.hash.TLongLongHashMap;
import gnu.trove.set.hash.TLongHashSet;
import it.unimi.dsi.fastutil.longs.Long2LongAVLTreeMap;
import it.unimi.dsi.fastutil.longs.Long2LongArrayMap;
import it.unimi.dsi.fastutil.longs.Long2LongLinkedOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongArraySet;
import it.unimi.dsi.fastutil.longs.LongLinkedOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import junit.framework.Test;
import junit.framework.TestSuite;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongHashSet;

/** The contracts of the JDK's collections, as guava-testlib checks them, on those of libraries. */
public final class ContractSuites {
    /** Spread over the tables, and with keys that some of the libraries treat specially. */
    private static final Long[] SAMPLES = {7L, 0L, -1L, 1L << 40, Long.MAX_VALUE - 1};

    private ContractSuites() {}

    /** All suites, for JUnit 3. */
    public static Test suite() {
        TestSuite all = new TestSuite();
        Map<String, Supplier<Map<Long, Long>>> maps = new LinkedHashMap<>();
        maps.put("fastutil map", Long2LongOpenHashMap::new);
        maps.put("fastutil linked map", Long2LongLinkedOpenHashMap::new);
        maps.put("fastutil array map", Long2LongArrayMap::new);
        maps.put("fastutil tree map", Long2LongAVLTreeMap::new);
        maps.put("trove map", () -> new TLongLongMapDecorator(new TLongLongHashMap()));
        maps.put("agrona map", () -> new Long2LongHashMap(8, 0.55f, Long.MIN_VALUE, false));
        maps.put("hppc map", Adapters::hppcMap);
        maps.put("eclipse map", Adapters::eclipseMap);
        maps.forEach((name, empty) -> all.addTest(map(name, empty)));

        Map<String, Supplier<Set<Long>>> sets = new LinkedHashMap<>();
        sets.put("fastutil set", LongOpenHashSet::new);
        sets.put("fastutil linked set", LongLinkedOpenHashSet::new);
        sets.put("fastutil array set", LongArraySet::new);
        sets.put("trove set", () -> new TLongSetDecorator(new TLongHashSet()));
        sets.put("agrona set", () -> new LongHashSet(8, 0.55f, false));
        sets.put("hppc set", Adapters::hppcSet);
        sets.put("eclipse set", Adapters::eclipseSet);
        sets.forEach((name, empty) -> all.addTest(set(name, empty)));

        Map<String, Supplier<List<Long>>> lists = new LinkedHashMap<>();
        lists.put("fastutil list", LongArrayList::new);
        lists.put("trove list", () -> new TLongListDecorator(new TLongArrayList()));
        lists.put("agrona list", org.agrona.collections.LongArrayList::new);
        lists.put("hppc list", Adapters::hppcList);
        lists.put("eclipse list", Adapters::eclipseList);
        lists.forEach((name, empty) -> all.addTest(list(name, empty)));
        return all;
    }

    private static <C extends Collection<Long>> C filled(C empty, Object... elements) {
        for (Object e : elements) {
            empty.add((Long) e);
        }
        return empty;
    }

    private static SampleElements<Long> samples() {
        return new SampleElements<>(SAMPLES[0], SAMPLES[1], SAMPLES[2], SAMPLES[3], SAMPLES[4]);
    }

    private static Test set(String name, Supplier<Set<Long>> empty) {
        return SetTestSuiteBuilder.using(
                        new TestSetGenerator<Long>() {
                            @Override
                            public Set<Long> create(Object... elements) {
                                return filled(empty.get(), elements);
                            }

                            @Override
                            public SampleElements<Long> samples() {
                                return ContractSuites.samples();
                            }

                            @Override
                            public Long[] createArray(int length) {
                                return new Long[length];
                            }

                            @Override
                            public Iterable<Long> order(List<Long> insertionOrder) {
                                return insertionOrder;
                            }
                        })
                .named(name)
                .withFeatures(
                        CollectionSize.ANY,
                        CollectionFeature.SUPPORTS_ADD,
                        CollectionFeature.SUPPORTS_REMOVE,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
                .createTestSuite();
    }

    private static Test list(String name, Supplier<List<Long>> empty) {
        return ListTestSuiteBuilder.using(
                        new TestListGenerator<Long>() {
                            @Override
                            public List<Long> create(Object... elements) {
                                return filled(empty.get(), elements);
                            }

                            @Override
                            public SampleElements<Long> samples() {
                                return ContractSuites.samples();
                            }

                            @Override
                            public Long[] createArray(int length) {
                                return new Long[length];
                            }

                            @Override
                            public Iterable<Long> order(List<Long> insertionOrder) {
                                return insertionOrder;
                            }
                        })
                .named(name)
                .withFeatures(
                        CollectionSize.ANY,
                        CollectionFeature.KNOWN_ORDER,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                        ListFeature.GENERAL_PURPOSE)
                .createTestSuite();
    }

    private static Test map(String name, Supplier<Map<Long, Long>> empty) {
        return MapTestSuiteBuilder.using(new LongMaps(empty))
                .named(name)
                .withFeatures(
                        CollectionSize.ANY,
                        MapFeature.GENERAL_PURPOSE,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
                .createTestSuite();
    }

    /** Makes maps with the elements that the suite wants. */
    private record LongMaps(Supplier<Map<Long, Long>> empty)
            implements TestMapGenerator<Long, Long> {
        @Override
        public Map<Long, Long> create(Object... elements) {
            Map<Long, Long> map = empty.get();
            for (Object o : elements) {
                Map.Entry<?, ?> e = (Map.Entry<?, ?>) o;
                map.put((Long) e.getKey(), (Long) e.getValue());
            }
            return map;
        }

        @Override
        public SampleElements<Map.Entry<Long, Long>> samples() {
            return new SampleElements<>(entry(0), entry(1), entry(2), entry(3), entry(4));
        }

        private static Map.Entry<Long, Long> entry(int i) {
            return Map.entry(SAMPLES[i], SAMPLES[(i + 3) % SAMPLES.length] ^ 5);
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        @Override
        public Map.Entry<Long, Long>[] createArray(int length) {
            return new Map.Entry[length];
        }

        @Override
        public Long[] createKeyArray(int length) {
            return new Long[length];
        }

        @Override
        public Long[] createValueArray(int length) {
            return new Long[length];
        }

        @Override
        public Iterable<Map.Entry<Long, Long>> order(List<Map.Entry<Long, Long>> insertionOrder) {
            return Arrays.asList(insertionOrder.toArray(createArray(0)));
        }
    }
}
