import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type AnswerStore, isAnswerId, keptAnswer, shownTo } from './store.ts';

/**
 * Keeps answers as JSON objects in a bucket, whose life cycle removes them: an answer of ten thousand rows
 * is too large for a table.
 */
export function s3AnswerStore(
  s3: S3Client,
  { bucket, prefix = 'answers/' }: { readonly bucket: string; readonly prefix?: string },
): AnswerStore {
  const keyOf = (id: string) => `${prefix}${id}.json`;
  return {
    save: async (answer, scope) => {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: keyOf(answer.id),
          Body: keptAnswer(answer, scope),
          ContentType: 'application/json',
        }),
      );
    },
    load: async (id, scope) => {
      if (!isAnswerId(id)) return undefined;
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(id) }));
        return Body && shownTo(await Body.transformToString('utf-8'), scope);
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
  };
}
