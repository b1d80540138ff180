package dev.pounce.leak;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Deregisters JDBC drivers. {@link DriverManager} shows an application's drivers only to the
 * application, so this class is not used as it is: its bytes are defined in the application's class
 * loader, and it may refer to nothing but the platform.
 */
public final class DriverRemover implements Callable<List<String>> {

    /** For the one who has defined it. */
    public DriverRemover() {}

    /** The classes of those that were there. */
    @Override
    public List<String> call() throws SQLException {
        ClassLoader own = getClass().getClassLoader();
        List<String> removed = new ArrayList<>();
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver.getClass().getClassLoader() == own) {
                DriverManager.deregisterDriver(driver);
                removed.add(driver.getClass().getName());
            }
        }
        return removed;
    }
}
