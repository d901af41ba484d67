package io.emucxl.applications;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** An SQL session with H2 in memory: tables, indexes, joins, groups, text, blobs, a rollback. */
public final class H2Session {

    private static final int ORDERS = 30_000;

    private H2Session() {}

    /**
     * Runs the session and prints what the queries give.
     *
     * @param arguments how often the queries are asked; once when absent
     */
    public static void main(String[] arguments) throws SQLException {
        int rounds = arguments.length == 0 ? 1 : Integer.parseInt(arguments[0]);
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:shop")) {
            create(connection);
            long start = System.nanoTime();
            for (int i = 0; i < rounds; i++) {
                ask(connection, i == rounds - 1);
            }
            System.err.println("work " + (System.nanoTime() - start) / 1_000_000 + " ms");
        }
    }

    private static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table customer (id int primary key, name varchar, city varchar)");
            statement.execute(
                    "create table orders (id int primary key, customer int, cents bigint,"
                            + " note varchar, data blob)");
            statement.execute("create index by_customer on orders (customer)");
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into customer values (?, ?, ?)")) {
            for (int i = 0; i < 1000; i++) {
                insert.setInt(1, i);
                insert.setString(2, "customer " + i * 7919 % 1000);
                insert.setString(3, "city " + i % 37);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into orders values (?, ?, ?, ?, ?)")) {
            for (int i = 0; i < ORDERS; i++) {
                insert.setInt(1, i);
                insert.setInt(2, (int) (i * 48271L % 1000));
                insert.setLong(3, i * 69621L % 100_003);
                insert.setString(4, "note ".repeat(i % 5) + i);
                insert.setBytes(5, i % 100 == 0 ? new byte[i % 7000] : null);
                insert.addBatch();
                if (i % 5000 == 4999) {
                    insert.executeBatch();
                }
            }
        }
    }

    private static void ask(Connection connection, boolean shown) throws SQLException {
        String[] queries = {
            "select count(*), sum(cents), min(note), max(note), avg(length(data)) from orders",
            "select c.city, count(*), sum(o.cents) from orders o join customer c"
                    + " on o.customer = c.id group by c.city order by 3 desc fetch first 5 rows only",
            "select o.id, o.note from orders o where o.note like '%99%' and o.cents between 500 and"
                    + " 60000 order by o.note desc, o.id fetch first 7 rows only",
            "select name, (select max(cents) from orders where customer = c.id) m from customer c"
                    + " where c.id in (select customer from orders where cents < 40) order by m, name"
                    + " fetch first 7 rows only",
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 200)"
                    + " select sum(i * i), listagg(i, '-') within group (order by i desc) from n"
        };
        for (String query : queries) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                print(rows, shown);
            }
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            int changed =
                    statement.executeUpdate("update orders set cents = cents + 1 where id < 2000");
            int gone = statement.executeUpdate("delete from orders where id % 3 = 0 and id < 3000");
            if (shown) {
                System.out.println(changed + " changed, " + gone + " deleted");
            }
            connection.rollback();
            statement.executeUpdate("insert into orders values (0, 0, 0, '', null)");
        } catch (SQLException e) {
            if (shown) {
                System.out.println(e.getErrorCode() + " " + e.getMessage());
            }
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static void print(ResultSet rows, boolean shown) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            StringBuilder line = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
                line.append(rows.getString(i)).append(i < columns ? " | " : "");
            }
            if (shown) {
                System.out.println(line);
            }
        }
    }
}
