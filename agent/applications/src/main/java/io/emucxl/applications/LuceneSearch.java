package io.emucxl.applications;

import java.io.IOException;
import java.util.Random;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/** Indexes made-up documents with Lucene, deletes some, merges, and searches in several ways. */
public final class LuceneSearch {

    private static final int DOCUMENTS = 20_000;
    private static final int WORDS = 3000;

    private LuceneSearch() {}

    /**
     * Runs it and prints what the queries find.
     *
     * @param arguments how often the queries are asked; once when absent
     */
    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length == 0 ? 1 : Integer.parseInt(arguments[0]);
        try (Directory directory = new ByteBuffersDirectory()) {
            index(directory);
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                System.out.println(reader.numDocs() + " documents, " + reader.numDeletedDocs());
                IndexSearcher searcher = new IndexSearcher(reader);
                long start = System.nanoTime();
                for (int i = 0; i < rounds; i++) {
                    search(searcher, i == rounds - 1);
                }
                System.err.println("work " + (System.nanoTime() - start) / 1_000_000 + " ms");
            }
        }
    }

    private static void index(Directory directory) throws IOException {
        Random random = new Random(42);
        IndexWriterConfig config = new IndexWriterConfig(new StandardAnalyzer());
        config.setMaxBufferedDocs(4000);
        config.setRAMBufferSizeMB(IndexWriterConfig.DISABLE_AUTO_FLUSH);
        // In one thread, so that segments and scores are the same each time.
        config.setMergeScheduler(new org.apache.lucene.index.SerialMergeScheduler());
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (int i = 0; i < DOCUMENTS; i++) {
                StringBuilder text = new StringBuilder();
                for (int w = 5 + random.nextInt(40); w > 0; w--) {
                    double skewed = Math.pow(random.nextDouble(), 3);
                    text.append("word").append((int) (skewed * WORDS)).append(' ');
                }
                Document document = new Document();
                document.add(new StringField("id", "d" + i, Field.Store.YES));
                document.add(new TextField("text", text.toString(), Field.Store.NO));
                document.add(new LongPoint("time", i * 31L % 9973));
                document.add(new NumericDocValuesField("time", i * 31L % 9973));
                writer.addDocument(document);
            }
            writer.deleteDocuments(new PrefixQuery(new Term("id", "d77")));
            writer.forceMerge(2);
        }
    }

    private static void search(IndexSearcher searcher, boolean shown) throws IOException {
        for (int i = 0; i < 60; i++) {
            Query one = new TermQuery(new Term("text", "word" + i * 13));
            Query other = new TermQuery(new Term("text", "word" + i * 7));
            Query[] queries = {
                one,
                new BooleanQuery.Builder()
                        .add(one, BooleanClause.Occur.SHOULD)
                        .add(other, BooleanClause.Occur.MUST)
                        .build(),
                new PhraseQuery(2, "text", "word" + i % 5, "word" + i % 7),
                new PrefixQuery(new Term("text", "word2" + i % 10)),
                LongPoint.newRangeQuery("time", i * 10L, i * 20L + 100)
            };
            for (Query query : queries) {
                TopDocs top = searcher.search(query, 5);
                TopDocs sorted =
                        searcher.search(
                                query, 3, new Sort(new SortField("time", SortField.Type.LONG)));
                if (shown) {
                    System.out.println(query + ": " + text(searcher, top) + text(searcher, sorted));
                }
            }
        }
    }

    private static String text(IndexSearcher searcher, TopDocs top) throws IOException {
        StringBuilder text = new StringBuilder().append(top.totalHits.value);
        for (ScoreDoc hit : top.scoreDocs) {
            text.append(' ').append(searcher.storedFields().document(hit.doc).get("id"));
            text.append(' ').append(hit.score);
        }
        return text.append("; ").toString();
    }
}
