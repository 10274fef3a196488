/**
 * The HTTP interface: resources, JSON, the page and the errors. Uses the packages {@code address}, {@code caller} and
 * {@code visits}.
 */
@NullMarked
package io.reverser.reverser.web;

import org.jspecify.annotations.NullMarked;
