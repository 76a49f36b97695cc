package io.gradus.console.graph;

/// What is shown on a node besides what is written: how it stands in an execution, or how it went
/// in two of them.
public sealed interface NodeSign permits NodeStatus, NodeComparison {}
