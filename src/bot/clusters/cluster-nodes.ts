import type { ClusterNode } from "../../cluster/types.ts";
import { keepAnswers } from "./kept-answers.ts";

/** The nodes of clusters that take pods. */
export const clusterNodes = keepAnswers<readonly ClusterNode[]>((client) => client.readNodes());
