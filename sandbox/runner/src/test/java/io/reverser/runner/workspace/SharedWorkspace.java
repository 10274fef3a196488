package io.reverser.runner.workspace;

import io.reverser.runner.browser.Chromium;
import io.reverser.runner.browser.ChromiumExtension;
import io.reverser.runner.functions.AccessReset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** The base of tests on the workspace page. Its environment starts once, and is reset before each test. */
@ExtendWith(ChromiumExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
abstract class SharedWorkspace {

    WorkspaceFixture fixture;
    WorkspacePageObject workspace;

    abstract WorkspaceFixture startFixture();

    @BeforeAll
    void start() {
        fixture = startFixture();
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    @BeforeEach
    void open(Chromium chromium) {
        AccessReset.reset(fixture.access);
        workspace = new WorkspacePageObject(chromium, fixture.page.uri());
    }

    @AfterEach
    void close() {
        workspace.close();
    }
}
