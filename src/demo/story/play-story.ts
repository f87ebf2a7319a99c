import { buildChapter } from "./build-chapter.ts";
import { exchangeChapter } from "./exchange-chapter.ts";
import { promotionChapter } from "./promotion-chapter.ts";
import { retryChapter } from "./retry-chapter.ts";
import { reviewChapter } from "./review-chapter.ts";
import type { Stage } from "./stage.ts";

/** The whole way of a stream, from a contributor's first try to a published release. Throws where a step is not true. */
export async function playStory(stage: Stage): Promise<void> {
  const pull = await reviewChapter(stage);
  await buildChapter(stage, pull);
  await exchangeChapter(stage);
  const retried = await retryChapter(stage);
  await promotionChapter(stage, retried);
}
