/** What callers see: the resource, the JSON, the page and the errors. */
@NullMarked
package io.reverser.reverser.web;

import org.jspecify.annotations.NullMarked;
